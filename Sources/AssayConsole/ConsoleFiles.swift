internal import CConsoleFiles
internal import Crypto
internal import Foundation

/// The files of the console, which are compiled in.
package enum ConsoleFiles {
    /// A file that browsers load by a name which changes with its content.
    package struct Asset: Sendable, Hashable {
        /// Address, with the beginning of the content's SHA-256.
        package let path: String
        /// Media type.
        package let type: String
        /// The content.
        package let bytes: [UInt8]
    }

    /// Every file by its name below the module.
    static let all: [String: [UInt8]] = {
        var files: [String: [UInt8]] = [:]
        for index in 0..<assay_console_file_count() {
            let file = assay_console_file_at(index)
            guard let name = file.name, let bytes = file.bytes else { continue }
            files[String(cString: name)] = Array(UnsafeBufferPointer(start: bytes, count: file.size))
        }
        return files
    }()

    /// The style sheet.
    package static let style = asset("Static/console.css", "css", "text/css; charset=utf-8")
    /// The script.
    package static let script = asset("Static/console.js", "js", "text/javascript; charset=utf-8")

    /// The description of the operator API (OpenAPI 3.1).
    package static let apiDescription: [UInt8] = {
        guard let bytes = all["Static/openapi.json"] else { preconditionFailure("openapi.json was compiled in") }
        return bytes
    }()

    private static func asset(_ name: String, _ suffix: String, _ type: String) -> Asset {
        guard let bytes = all[name] else { preconditionFailure("\(name) was compiled in") }
        let digest = SHA256.hash(data: bytes).prefix(6).map { String(format: "%02x", $0) }.joined()
        return Asset(path: "/static/console.\(digest).\(suffix)", type: type, bytes: bytes)
    }
}
