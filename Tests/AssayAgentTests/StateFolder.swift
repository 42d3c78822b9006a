import AssayAgent
import Foundation
import Logging

/// A state folder in a temporary directory that goes with the value.
final class StateFolder: Sendable {
    let path: String

    init() throws { path = try TestCertificates.temporaryDirectory("state") }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func state(files: any StateFiles = PosixStateFiles()) throws -> AgentState {
        try AgentState(directory: path, files: files)
    }

    func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
    }

    func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }
}

/// A log that keeps quiet.
let silence = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
