import Foundation
import Synchronization

/// Programs of the system that a test may use; nil when they are not there.
enum Tool {
    static let openssl = find("openssl")
    static let python = find("python3")

    private static func find(_ name: String) -> String? {
        ["/usr/bin/", "/usr/local/bin/", "/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program to its end and returns its status and output.
    @discardableResult static func run(
        _ path: String?, _ arguments: [String], in directory: String? = nil
    ) throws -> (status: Int32, output: String) {
        guard let path else { throw CocoaError(.fileNoSuchFile) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        if let directory { process.currentDirectoryURL = URL(filePath: directory) }
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}

/// An authority and its certificates, made by openssl once for a run of the tests.
final class TestCertificates: Sendable {
    private let directory: String
    private static let made = Mutex<TestCertificates?>(nil)

    static func shared() throws -> TestCertificates {
        try made.withLock { made in
            if let made { return made }
            let certificates = try TestCertificates()
            made = certificates
            return certificates
        }
    }

    static func temporaryDirectory(_ name: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/assay-\(name)-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    func path(_ name: String) -> String { "\(directory)/\(name)" }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    /// Signs a certification request as a collector would.
    func sign(_ request: String, days: Int = 365) throws -> String {
        let name = "request-\(UInt64.random(in: 0 ... .max))"
        try request.write(toFile: path(name), atomically: false, encoding: .utf8)
        return try sign(file: name, days: days)
    }

    private init() throws {
        directory = try Self.temporaryDirectory("certificates")
        for name in ["ca", "otherca"] {
            try openssl([
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                "-keyout",
                "\(name).key", "-out", "\(name).pem", "-subj", "/CN=\(name)",
            ])
        }
        try "subjectAltName=IP:127.0.0.1,DNS:localhost".write(
            toFile: path("server.ext"), atomically: false, encoding: .utf8)
        try "subjectAltName=DNS:elsewhere.example".write(
            toFile: path("elsewhere.ext"), atomically: false, encoding: .utf8)
        try makeServer("server", extensions: "server.ext", days: 30)
        try makeServer("expired", extensions: "server.ext", days: -1)
        try makeServer("elsewhere", extensions: "elsewhere.ext", days: 30)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private func makeServer(_ name: String, extensions: String, days: Int) throws {
        try openssl([
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "\(name).key", "-out",
            "\(name).csr", "-subj", "/CN=\(name)",
        ])
        let certificate = try sign(file: "\(name).csr", days: days, extra: ["-extfile", extensions])
        try (certificate + text("ca.pem")).write(toFile: path("\(name).chain"), atomically: false, encoding: .utf8)
    }

    private func sign(file: String, days: Int, extra: [String] = []) throws -> String {
        // A serial number of its own: a file that counts them would be shared by tests that run at once.
        let serial = "0x" + (0..<8).map { _ in String(UInt8.random(in: 16...127), radix: 16) }.joined()
        try openssl(
            [
                "x509", "-req", "-in", file, "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", serial, "-days",
                "\(days)",
                "-out", "\(file).pem",
            ] + extra)
        return try text("\(file).pem")
    }

    private func openssl(_ arguments: [String]) throws {
        let (status, output) = try Tool.run(Tool.openssl, arguments, in: directory)
        guard status == 0 else { throw CocoaError(.featureUnsupported, userInfo: ["output": output]) }
    }
}
