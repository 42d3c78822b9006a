internal import Foundation
internal import Glibc

/// The one folder that holds everything a collector must not lose.
package struct StateDirectory: Sendable, Hashable {
    /// Absolute path of the folder.
    package let path: String

    /// Names a folder; nothing is read or written.
    package init(_ path: String) {
        self.path = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    /// The database.
    package var database: String { path + "/collector.db" }
    /// Settings as `key = value` lines.
    package var configuration: String { path + "/collector.conf" }
    /// Certificate of the authority, PEM.
    package var authorityCertificate: String { path + "/ca/ca.pem" }
    /// Private key of the authority, PEM, mode 0600.
    package var authorityKey: String { path + "/ca/ca.key" }
    /// Certificate that the server presents, PEM.
    package var serverCertificate: String { path + "/tls/server.pem" }
    /// Private key of the server, PEM, mode 0600.
    package var serverKey: String { path + "/tls/server.key" }
    /// Locked by the process that serves; holds its id.
    package var lock: String { path + "/serve.lock" }
    /// The operator's token for this machine, mode 0600.
    package var operatorToken: String { path + "/operator-token" }

    /// Whether `init` has been here.
    package var isInitialized: Bool { FileManager.default.fileExists(atPath: authorityCertificate) }

    /// Creates the folder and its parts for the owner's eyes only.
    package func create() throws {
        for folder in [path, path + "/ca", path + "/tls"] {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw Self.failure(.cannotCreate, "cannot create \(folder)", error)
            }
        }
    }

    /// Throws unless `init` has been here.
    package func requireInitialized() throws {
        guard isInitialized else {
            throw CollectorFailure(
                .noInput, "\(path) holds no collector",
                nextStep: "run: assay-collector init --state \(path)")
        }
    }

    /// Throws unless the folder holds a whole collector, database included.
    ///
    /// Only `init` and `restore` make a database: an empty one in the place of a lost one would look like no devices.
    package func requireDatabase() throws {
        try requireInitialized()
        guard FileManager.default.fileExists(atPath: database) else {
            throw CollectorFailure(
                .noInput, "\(database) does not exist",
                nextStep: "restore it from a backup into an empty folder: "
                    + "assay-collector restore FILE --state DIR")
        }
    }

    /// Content of a file; nil when it does not exist.
    func read(_ file: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        do { return try String(contentsOfFile: file, encoding: .utf8) } catch {
            throw Self.failure(.inputOutput, "cannot read \(file)", error)
        }
    }

    /// Writes a file under another name first, so that neither a reader nor a power cut ever shows half of it.
    func write(_ text: String, to file: String, mode: mode_t = 0o600) throws {
        let temporary = file + ".new"
        unlink(temporary)
        // Nobody else's file or link is written to, and the mode holds from the first byte on.
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("cannot create \(temporary)") }
        do {
            defer { close(descriptor) }
            try Self.write(Array(text.utf8), to: descriptor, temporary)
            guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0, rename(temporary, file) == 0 else {
                throw Self.failure("cannot create \(file)")
            }
        } catch {
            unlink(temporary)
            throw error
        }
        let folder = open((file as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ file: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot write \(file)") }
            rest = rest.dropFirst(count)
        }
    }

    /// What the operating system says went wrong just now.
    static func failure(_ what: String, _ number: Int32 = errno) -> CollectorFailure {
        let code: CollectorFailure.Code =
            switch number {
            case EACCES, EPERM, EROFS: .permission
            case ENOSPC, EDQUOT, EIO, EFBIG: .inputOutput
            default: .cannotCreate
            }
        return CollectorFailure(code, "\(what): \(String(cString: strerror(number)))")
    }

    private static func failure(
        _ code: CollectorFailure.Code, _ what: String, _ error: any Error
    ) -> CollectorFailure {
        let cocoa = error as? CocoaError
        if cocoa?.code == .fileReadNoPermission || cocoa?.code == .fileWriteNoPermission {
            return CollectorFailure(.permission, "\(what): permission denied")
        }
        // Foundation keeps what the operating system said underneath words of its own.
        let reason = cocoa?.underlying as? POSIXError
        return CollectorFailure(code, reason.map { "\(what): \(String(cString: strerror($0.code.rawValue)))" } ?? what)
    }
}
