package import AssayModel
internal import AssayRules
package import AssayStore

/// The lists that a collector judges with: those that are built in, and those that were imported.
package struct ListLibrary: Sendable {
    private let store: any Store

    /// Works on a store.
    package init(store: any Store) { self.store = store }

    /// Whether a file of a folder is one of the lists that rules read.
    package static func isList(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.hasSuffix(".json") && !ListDocument.otherFiles.contains(name)
    }

    /// Imports lists: each is read and checked before the first is stored.
    ///
    /// - Parameter files: names for messages, and bytes.
    package func importLists(
        _ files: [(name: String, bytes: [UInt8])], by actor: Actor
    ) async throws -> [TraceabilityDocument] {
        let documents = try files.map { file in
            let list: ListDocument
            do { list = try ListDocument(json: file.bytes) } catch {
                throw CollectorFailure(.data, "\(file.name): the list cannot be used: \(error)")
            }
            if let objection = RuleLists.objection(to: list, on: CalendarDay(actor.at)) {
                throw CollectorFailure(
                    .data, "\(file.name): the list cannot be used: \(objection)",
                    nextStep: "set the clock of this machine, or get a true copy of the list")
            }
            return TraceabilityDocument(
                kind: .list, id: list.name, digest: list.digest, content: file.bytes, importedAt: actor.at)
        }
        var imported: [TraceabilityDocument] = []
        for document in documents { imported.append(try await store.importDocument(document, by: actor)) }
        return imported
    }

    /// Every list with its age, in the order of the names.
    package func lists(at now: Timestamp) async throws -> [ListView] {
        let today = CalendarDay(now)
        var views: [String: ListView] = [:]
        for file in EmbeddedLists.files {
            let list = try ListDocument(json: file.bytes)
            views[list.name] = ListView(list, today: today, importedAt: nil)
        }
        for document in try await RuleListSource.imported(store) {
            let list = try ListDocument(json: document.content)
            // The newer one counts, as it does for the rules.
            if let known = views[list.name], known.date > list.date.description { continue }
            views[list.name] = ListView(list, today: today, importedAt: document.importedAt)
        }
        return views.values.sorted { $0.id < $1.id }
    }

    /// The bytes of the list that counts under a name.
    package func content(of name: String) async throws -> [UInt8] {
        let imported = try await store.document(.list, id: name)
        let builtIn = EmbeddedLists.files.first { $0.path == name + ".json" }?.bytes
        guard let bytes = imported?.content ?? builtIn else {
            throw CollectorFailure(
                .noInput, "there is no list \(name)", nextStep: "see them with: assay-collector lists list")
        }
        guard let builtIn, imported != nil else { return bytes }
        return try ListDocument(json: builtIn).date > ListDocument(json: bytes).date ? builtIn : bytes
    }
}

/// A list without its entries.
package struct ListView: Sendable, Codable {
    /// Kind and name: `restricted-suppliers/ndaa-889`.
    package let id: String
    /// Name for people.
    package let title: String
    /// Day of the copy.
    package let date: String
    /// Days since then.
    package let age: Int
    /// Whether the copy is too old to rely on; nil for lists that do not age.
    package let outdated: Bool?
    /// Number of entries.
    package let entries: Int
    /// When it was imported; nil for a list that is built in.
    package let importedAt: Timestamp?

    /// Shows a list on a day.
    init(_ list: ListDocument, today: CalendarDay, importedAt: Timestamp?) {
        id = list.name
        title = list.title
        date = list.date.description
        age = today.days(since: list.date)
        outdated = list.isOutdated(on: today)
        entries = list.count
        self.importedAt = importedAt
    }
}

extension CalendarDay {
    /// The day of a moment, in UTC.
    init(_ moment: Timestamp) { self.init(secondsSince1970: moment.milliseconds / 1000) }
}
