internal import Foundation

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

    /// Content of a file; nil when it does not exist.
    func read(_ file: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        do { return try String(contentsOfFile: file, encoding: .utf8) } catch {
            throw Self.failure(.inputOutput, "cannot read \(file)", error)
        }
    }

    /// Writes a file under another name first, so that a reader never sees half of it.
    func write(_ text: String, to file: String, mode: Int = 0o600) throws {
        let temporary = file + ".new"
        let isCreated = FileManager.default.createFile(
            atPath: temporary, contents: Data(text.utf8), attributes: [.posixPermissions: mode])
        guard isCreated else {
            throw CollectorFailure(.cannotCreate, "cannot create \(temporary): \(String(cString: strerror(errno)))")
        }
        guard rename(temporary, file) == 0 else {
            throw CollectorFailure(.cannotCreate, "cannot create \(file): \(String(cString: strerror(errno)))")
        }
    }

    private static func failure(
        _ code: CollectorFailure.Code, _ what: String, _ error: any Error
    ) -> CollectorFailure {
        let cocoa = error as? CocoaError
        let isDenied = cocoa?.code == .fileReadNoPermission || cocoa?.code == .fileWriteNoPermission
        let reason = isDenied ? "permission denied" : (error as NSError).localizedDescription
        return CollectorFailure(isDenied ? .permission : code, "\(what): \(reason)")
    }
}
