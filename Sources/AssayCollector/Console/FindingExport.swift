internal import AssayModel
internal import AssayStore
internal import Hummingbird
internal import NIOCore

/// Findings as comma-separated values (RFC 4180), written page by page.
struct FindingExport: Sendable {
    private static let pageSize = 500
    /// Most findings of one export; the last line says that there are more.
    private static let limit = 100_000
    private static let heading = [
        "id", "severity", "state", "rule", "title", "device", "serial", "model", "site", "class", "location",
        "expected",
        "observed", "path", "cause", "first seen", "last seen", "waiver",
    ]

    let store: any Store
    let query: FindingQuery

    /// The file, named by the day.
    func file(at now: Timestamp) -> ConsoleAnswer {
        .file(
            name: "findings-\(now.description.prefix(10)).csv", type: "text/csv; charset=utf-8; header=present",
            body: ResponseBody { writer in try await write(to: &writer) })
    }

    private func write(to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: CSVRow.text(Self.heading)))
        var cursor: Int64?
        var count = 0
        var devices: [ContentDigest: Device] = [:]
        repeat {
            let (findings, next) = try await store.findings(query, after: cursor, limit: Self.pageSize)
            var text = ""
            for finding in findings {
                if devices[finding.deviceID] == nil {
                    if devices.count > Self.pageSize { devices = [:] }
                    devices[finding.deviceID] = try await store.device(finding.deviceID)
                }
                text += CSVRow.text(try Self.cells(finding, devices[finding.deviceID]))
            }
            count += findings.count
            cursor = next
            if count >= Self.limit, cursor != nil {
                text += CSVRow.text(["there are more findings than \(Self.limit); narrow the filter"])
                cursor = nil
            }
            try await writer.write(ByteBuffer(string: text))
        } while cursor != nil
        try await writer.finish(nil)
    }

    private static func cells(_ stored: StoredFinding, _ device: Device?) throws -> [String?] {
        let finding = try FindingView(stored).finding
        return [
            stored.id, stored.severity, stored.state.rawValue, stored.rule, stored.title,
            stored.deviceID.description, device?.facts.serial, device?.facts.modelName, device?.site,
            finding.componentClass?.rawValue, finding.location, finding.expected,
            finding.observed, finding.path, stored.cause, stored.firstSeen.description,
            stored.lastSeen.description, stored.waiver,
        ]
    }
}
