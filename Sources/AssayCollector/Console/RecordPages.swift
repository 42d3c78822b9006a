internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayStore
internal import AssayTraceability
internal import HTTPTypes
internal import Hummingbird

/// As-built records: searched, shown with their changes, imported.
struct RecordPages: Sendable {
    /// Most bytes of a form with a file.
    static let uploadLimit = RecordJSON.maximumSize + (256 << 10)

    let operations: Operations
    let wakeEvaluation: @Sendable () -> Void

    private var store: any Store { operations.store }

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        table.page("/expected/records", list)
        table.page("/expected/records/{id}", show)
        table.page("/expected/records/{id}/compare") { request, context, _ in
            .page(try await ExpectedPages.comparison(.record, operations, request, context))
        }
        table.page("/expected/import", for: .register) { _, _, visit in
            .page(ImportPage(forms: Self.forms, formToken: visit.formToken))
        }
        table.form("/expected/import", for: .register, limit: Self.uploadLimit, takeFile)
    }

    private static let forms = RecordForm.allCases.map(\.rawValue)

    private func list(
        _ request: Request, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        let cursor = request.query("after")
        let serial = String((request.query("serial") ?? "").prefix(200))
        let limit = ExpectedPages.pageSize + 1
        let documents =
            if serial.isEmpty {
                try await store.documents(.record, after: cursor, limit: limit)
            } else {
                try await store.documents(.record, serialPrefix: serial, after: cursor, limit: limit)
            }
        let page = documents.prefix(ExpectedPages.pageSize)
        var next: String?
        if documents.count > page.count, let last = page.last {
            let search = serial.isEmpty ? "" : "serial=\(ConsoleServer.escaped(serial))&"
            next = "/expected/records?\(search)after=\(ConsoleServer.escaped(last.id))"
        }
        return .page(
            RecordsPage(
                serial: serial, rows: try page.map { try row($0, at: visit.now) }, next: next,
                mayRegister: visit.may(.register)))
    }

    private func row(_ document: TraceabilityDocument, at now: Timestamp) throws -> RecordsPage.Row {
        // A list needs the head of a record alone; its parts are counted, not read.
        struct Head: Decodable {
            struct Part: Decodable {}
            var device: AsBuiltRecord.Unit
            var factory: String?
            var builtAt: String?
            var components: [Part]?
        }
        let head = try CanonicalJSON.decode(Head.self, from: document.content)
        return RecordsPage.Row(
            path: ExpectedPages.path(.record, document.id), serial: head.device.serial ?? document.id,
            id: document.id,
            model: [head.device.manufacturer, head.device.model].compactMap(\.self).joined(separator: " "),
            factory: head.factory, built: head.builtAt, parts: head.components?.count ?? 0,
            revision: document.revision, imported: MomentView(document.importedAt, at: now))
    }

    private func show(
        _ request: Request, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        let id = ExpectedPages.id(context)
        let number = try request.revision("revision")
        let chain = try await named { try await operations.chain(id) }
        var record = chain.resolution.effective
        if let number {
            let document = try await named { try await operations.revision(.record, id, number) }
            record = try CanonicalJSON.decode(AsBuiltRecord.self, from: document.content)
        }
        let revisions = chain.documents.filter { $0.kind == .record }
        let changes = try chain.documents.filter { $0.kind == .delta }.map { document in
            RecordPage.Change(try CanonicalJSON.decode(RecordDelta.self, from: document.content), id: document.id)
        }
        return .page(
            RecordPage(
                id: id, record, changes: changes, defects: chain.resolution.defects.map(RecordPage.Defect.init),
                path: ExpectedPages.path(.record, id), json: ExpectedPages.jsonPath(.record, id, revision: number),
                revisions: ExpectedPages.rows(revisions, shown: number, at: visit.now), shown: number))
    }

    private func takeFile(
        _ form: FormBody, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        do {
            guard let bytes = form.file("file", orText: "text") else {
                throw CollectorFailure(.usage, "choose a file, or enter its text")
            }
            let options = try Self.options(form)
            if form["do"] == "check" {
                let documents = try await operations.recordDocuments(bytes, options, by: visit.actor)
                return .page(Self.page(form, visit, preview: try await preview(of: documents)))
            }
            _ = try await operations.importRecords(bytes, options, by: visit.actor)
            wakeEvaluation()
            return .go(to: "/expected/records", notice: .imported)
        } catch let failure as CollectorFailure where failure.code == .data || failure.code == .usage {
            return .page(Self.page(form, visit, failure: failure))
        }
    }

    private static func options(_ form: FormBody) throws -> RecordImportOptions {
        var options = RecordImportOptions()
        if !form["form"].isEmpty {
            guard let known = RecordForm(rawValue: form["form"]) else {
                throw CollectorFailure(.usage, "\(form["form"]) is no form of a record")
            }
            options.form = known
        }
        guard !form["map"].isEmpty else { return options }
        do { options.map = try ColumnMap(json: Array(form["map"].utf8)) } catch {
            throw CollectorFailure(.data, "the columns cannot be used: \(error)", faults: error.all)
        }
        return options
    }

    /// What an import would make of documents: what is stored already has a revision.
    private func preview(of documents: [TraceabilityDocument]) async throws -> [ImportPage.Preview] {
        var previews: [ImportPage.Preview] = []
        for document in documents {
            let effect: String
            if document.revision > 0 {
                effect = "nothing new"
            } else {
                let newest = try await store.document(document.kind, id: document.id)
                effect = newest.map { "revision \($0.revision + 1)" } ?? "new"
            }
            previews.append(ImportPage.Preview(noun: document.kind.noun, id: document.id, effect: effect))
        }
        return previews
    }

    private static func page(
        _ form: FormBody, _ visit: ConsoleVisit, failure: CollectorFailure? = nil, preview: [ImportPage.Preview] = []
    ) -> ImportPage {
        let isTold = (failure?.faults.count ?? 0) > 1
        return ImportPage(
            problem: failure.map {
                isTold ? "Nothing was imported; the file has \($0.faults.count) faults." : $0.sentence
            },
            faults: failure?.faults.map(ImportFault.init) ?? [], preview: preview, forms: forms, form: form["form"],
            text: form.verbatim("text"), map: form.verbatim("map"), formToken: visit.formToken)
    }
}
