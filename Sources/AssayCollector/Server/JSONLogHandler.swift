internal import AssayModel
internal import AssayStore
internal import Foundation
package import Logging

/// Writes one JSON object a line to standard error.
package struct JSONLogHandler: LogHandler {
    /// Lowest level that is written.
    package var logLevel: Logger.Level
    /// Fields of every line.
    package var metadata: Logger.Metadata = [:]
    private let label: String

    /// Starts a handler.
    package init(label: String, level: Logger.Level) {
        self.label = label
        logLevel = level
    }

    /// A field of every line.
    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one line.
    package func log(event: LogEvent) {
        var fields = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues(\.description)
        fields["time"] = Timestamp.now.description
        fields["level"] = event.level.rawValue
        fields["logger"] = label
        fields["message"] = event.message.description
        guard let line = try? CanonicalJSON.encode(fields) else { return }
        FileHandle.standardError.write(Data(line + [UInt8(ascii: "\n")]))
    }
}
