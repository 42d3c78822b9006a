internal import AssayModel
internal import AssayStore
internal import Foundation
internal import GRDB

/// What of a device's facts is searched for, in the form in which it is compared.
struct SearchForms {
    let serial: String?
    let model: String?
    let host: String?

    init(_ facts: DeviceFacts) {
        func form(_ text: String?) -> String? {
            text.map(DeviceFacts.searchForm).flatMap { $0.isEmpty ? nil : $0 }
        }
        serial = form(facts.serial)
        model = form(facts.model)
        host = form(facts.hostname)
    }

    /// Enters the forms of the devices that are there already.
    static func enter(in db: Database) throws {
        let update = try db.makeStatement(
            sql: """
                UPDATE devices SET model_name = ?, search_serial = ?, search_model = ?, search_host = ?, search_site = ?
                WHERE id = ?
                """)
        var last: Int64 = 0
        repeat {
            let rows = try Row.fetchAll(
                db, sql: "SELECT id, facts, site FROM devices WHERE id > ? ORDER BY id LIMIT 1000", arguments: [last])
            guard !rows.isEmpty else { return }
            for row in rows {
                last = try row.value("id")
                // Facts that do not read back fail where they are read; here they are only not found by their text.
                guard let facts = try? row.json("facts", as: DeviceFacts.self) else { continue }
                let forms = SearchForms(facts)
                let site = (try row.value("site") as String?).map(DeviceFacts.searchForm)
                try update.execute(arguments: [facts.modelName, forms.serial, forms.model, forms.host, site, last])
            }
        } while true
    }
}

/// The ids that begin with some hexadecimal digits, as the first and the last of them.
struct IDRange {
    let first: Data
    let last: Data

    /// Nil when there are no digits, too many, or other characters.
    init?(digits: String) {
        guard (1...64).contains(digits.utf8.count) else { return nil }
        func bytes(_ filler: Character) -> Data? {
            let text = digits + String(repeating: filler, count: 64 - digits.utf8.count)
            return ContentDigest("sha256:" + text.lowercased())?.stored
        }
        guard let first = bytes("0"), let last = bytes("f") else { return nil }
        self.first = first
        self.last = last
    }
}
