import AssayHost
import Foundation

@testable import AssayProbes

/// A TPM 2.0 of libtpms, made as a maker would: endorsement keys, certificates for them, and a seed of its own.
final class SoftwareTPM: TPMTransport, Sendable {
    /// Where the programs are; nil when they are not installed.
    static let programs: (setup: String, server: String)? = {
        let found = ["swtpm_setup", "swtpm"].map { name in
            ["/usr/bin/", "/usr/local/bin/"].map { $0 + name }
                .first { FileManager.default.isExecutableFile(atPath: $0) }
        }
        guard let setup = found[0], let server = found[1] else { return nil }
        return (setup, server)
    }()

    struct Failure: Error { var what: String }

    private let folder: URL
    private let server = Process()
    private let socket: Int32

    /// What swtpm_setup wrote down while it made the keys.
    let log: String

    init() throws {
        guard let programs = Self.programs else { throw Failure(what: "swtpm is not installed") }
        folder = FileManager.default.temporaryDirectory.appending(path: "assay-tpm-\(UInt64.random(in: 0 ... .max))")
        let state = folder.appending(path: "state").path
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        try Self.configure(in: folder)
        let setup = Process()
        setup.executableURL = URL(filePath: programs.setup)
        setup.arguments = [
            "--tpm2", "--tpmstate", state, "--create-ek-cert", "--overwrite",
            "--config", folder.appending(path: "setup.conf").path, "--logfile", folder.appending(path: "log").path,
        ]
        setup.standardOutput = FileHandle.nullDevice
        setup.standardError = FileHandle.nullDevice
        try setup.run()
        setup.waitUntilExit()
        log = String(decoding: try Data(contentsOf: folder.appending(path: "log")), as: UTF8.self)
        guard setup.terminationStatus == 0 else { throw Failure(what: log) }

        // The server inherits a socket that is connected already, so that nobody waits for one to appear. It takes none of
        // the first three descriptors.
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { throw Failure(what: "socketpair") }
        socket = ends[0]
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let theirs = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        server.executableURL = URL(filePath: "/bin/sh")
        server.arguments = [
            "-c",
            #"exec "$0" socket --tpm2 --tpmstate dir="$1" --fd 3 --flags not-need-init,startup-clear 3<&0 </dev/null"#,
            programs.server, state,
        ]
        server.standardInput = theirs
        server.standardOutput = FileHandle.nullDevice
        server.standardError = FileHandle.nullDevice
        try server.run()
        try theirs.close()
    }

    deinit {
        close(socket)
        server.terminate()
        server.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The module's memory as the server keeps it.
    func memory() throws -> Data { try Data(contentsOf: folder.appending(path: "state/tpm2-00.permall")) }

    func transmit(_ command: [UInt8]) throws(HostFailure) -> [UInt8] {
        guard send(socket, command, command.count, Int32(MSG_NOSIGNAL)) == command.count else {
            throw HostFailure(.ioError, path: "swtpm")
        }
        let header = try receive(10)
        let size = header[2..<6].reduce(0) { $0 << 8 | Int($1) }
        return header + (try receive(size - header.count))
    }

    private func receive(_ count: Int) throws(HostFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var piece = [UInt8](repeating: 0, count: count - bytes.count)
            let got = read(socket, &piece, piece.count)
            guard got > 0 else { throw HostFailure(.ioError, path: "swtpm") }
            bytes += piece.prefix(got)
        }
        return bytes
    }

    /// An authority of its own below the folder, so that nothing is left on the machine.
    private static func configure(in folder: URL) throws {
        func file(_ name: String) -> String { folder.appending(path: name).path }
        let localca =
            "statedir = \(file("ca"))\nsigningkey = \(file("ca/signkey.pem"))\n"
            + "issuercert = \(file("ca/issuercert.pem"))\ncertserial = \(file("ca/certserial"))\n"
        try FileManager.default.createDirectory(atPath: file("ca"), withIntermediateDirectories: true)
        let setup =
            "create_certs_tool = swtpm_localca\ncreate_certs_tool_config = \(file("localca.conf"))\n"
            + "create_certs_tool_options = \(file("localca.options"))\n"
        let options = "--platform-manufacturer Acme\n--platform-version 1\n--platform-model Edge\n"
        for (name, text) in [("localca.conf", localca), ("setup.conf", setup), ("localca.options", options)] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
    }
}
