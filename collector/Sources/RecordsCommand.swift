internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayStore
internal import AssayTerminal
internal import AssayTraceability

/// `assay-collector records`.
struct RecordsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records",
        abstract: "Manage as-built records and their deltas: what single units were built of, and what changed since.",
        subcommands: [Import.self, Export.self, List.self, Show.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import records and deltas in any form; the devices that they speak of are evaluated again.",
            discussion: """
                A form is recognised by its content: our JSON, a table (CSV), paccor's component JSON, a TCG platform \
                certificate, a CycloneDX hardware bill of materials, GS1 EPCIS 2.0 events. Of each file everything is \
                imported, or nothing and every fault is named with its place. A changed record for the same unit is a \
                new revision; none is overwritten.

                Signatures of certificates are checked when --trust names the issuers; without it every record says \
                that nobody checked.

                EXAMPLES
                  assay-collector records import unit-0042.json
                  assay-collector records import --map columns.json build-2026-07.csv
                  assay-collector records import --trust maker-ca.pem base.cer delta.cer
                """)
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "Files, or - for standard input.") var files: [String]
        @Option(help: "Form of the files; recognised by their content when left out.") var form: RecordForm?
        @Option(help: ArgumentHelp("Columns of a table (assay/column-map/v1).", valueName: "file")) var map: String?
        @Option(help: ArgumentHelp("Trusted issuers of certificates, PEM or DER.", valueName: "file"))
        var trust: String?

        func run() async throws {
            var options = RecordImportOptions(form: form)
            if let map { options.map = try named(map) { try ColumnMap(json: try Input.bytes(map)) } }
            if let trust { options.anchors = try named(trust) { try TrustAnchors(try Input.bytes(trust)) } }
            let operations = try state.operations()
            var views: [DocumentView] = []
            for file in files {
                let bytes = try Input.bytes(file)
                do {
                    let documents = try await operations.importRecords(bytes, options, by: state.actor)
                    views += documents.map(DocumentView.init)
                    if output.format == .table { Output.print(Self.summary(documents, of: file)) }
                } catch let failure as CollectorFailure where failure.code == .data {
                    let name = file == "-" ? "standard input" : file
                    throw CollectorFailure(
                        .data, "\(name): \(failure.description)", details: failure.details,
                        nextStep: failure.nextStep)
                }
            }
            if output.format == .json { try Output.json(PageView(items: views, next: nil)) }
        }

        private func named<T>(_ file: String, _ read: () throws -> T) throws -> T {
            do { return try read() } catch let failure as RecordFailure {
                throw CollectorFailure(.data, "\(file): \(failure)")
            }
        }

        /// One line for one document, a count for many.
        private static func summary(_ documents: [TraceabilityDocument], of file: String) -> String {
            let name = TerminalText.safe(file)
            guard documents.count > 20 else {
                return documents.map { document in
                    let id = TerminalText.safe(document.id)
                    return "\(document.kind.rawValue) \(id), revision \(document.revision), \(document.digest)\n"
                }.joined()
            }
            let counts = Dictionary(grouping: documents, by: \.kind.rawValue).sorted { $0.key < $1.key }
            return "\(name): " + counts.map { "\($0.value.count) \($0.key)s" }.joined(separator: ", ") + "\n"
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a record in a form of others, its deltas applied.",
            discussion: """
                EXAMPLE
                  assay-collector records export acme/edge-200/0042 --form cyclonedx
                """)
        @OptionGroup var state: StateOptions
        @Argument(help: "Id of the record.") var id: String
        @Option(help: "json, cyclonedx or paccor.") var form: RecordForm = .json
        @Flag(help: "As the unit was built, without the deltas.") var asBuilt = false

        func run() async throws {
            let chain = try await state.operations().chain(id)
            let record = asBuilt ? chain.base : chain.resolution.effective
            guard let bytes = try RecordExport.write(record, as: form) else {
                let forms = RecordExport.forms.map(\.rawValue).joined(separator: ", ")
                throw CollectorFailure(.usage, "\(form.rawValue) is read only; a record is written as \(forms)")
            }
            Output.print(String(decoding: bytes, as: UTF8.self) + "\n")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List records, or their deltas.")
        @OptionGroup var options: ListOptions
        @Flag(help: "The deltas instead of the records.") var deltas = false
        func run() async throws { try await options.list(deltas ? .delta : .record) }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a record: its revisions, its deltas, what is wrong with their chain, and its parts.",
            discussion:
                "With --format json the record as it is now, its deltas applied; --revision N prints one as it came.")
        @OptionGroup var options: ShowOptions
        @Option(help: "Print this revision as it was imported.") var revision: Int?

        func run() async throws {
            let operations = try options.state.operations()
            if let revision {
                let document = try await operations.revision(.record, options.id, revision)
                return Output.print(String(decoding: document.content, as: UTF8.self) + "\n")
            }
            let chain = try await operations.chain(options.id)
            if options.output.format == .json { return try Output.json(chain.resolution.effective) }
            print(chain)
        }

        private func print(_ chain: RecordChainView) {
            let record = chain.resolution.effective
            Output.fields([
                ("unit", record.device.serial ?? record.device.id), ("maker", record.device.manufacturer),
                ("model", record.device.model), ("profile", record.profile), ("factory", record.factory),
                ("built", record.builtAt), ("form", record.source?.form ?? "json"),
                ("signature", record.source?.signature?.state.rawValue), ("notes", record.source?.notes),
            ])
            var revisions = TextTable(["DOCUMENT", "REVISION", "IMPORTED", "DIGEST"])
            for document in chain.documents {
                revisions.append([
                    "\(document.kind.rawValue) \(document.id)", "\(document.revision)",
                    document.importedAt.description, Output.short(document.digest),
                ])
            }
            Output.print("\n" + revisions.render())
            var parts = TextTable(["CLASS", "PLACE", "PART", "LOT", "STATED BY"])
            for part in record.components {
                parts.append([
                    part.componentClass.rawValue, part.location ?? part.designator, part.summary, part.lot,
                    part.statedBy,
                ])
            }
            Output.print("\n" + parts.render())
            for defect in chain.resolution.defects {
                Output.print(
                    "\n" + TerminalText.safe("\(defect.link) \(defect.summary)")
                        + "\n"
                        + TerminalText.safe(
                            "  expected \(defect.expected ?? "-"), found \(defect.observed ?? defect.part ?? "-")")
                        + "\n")
            }
        }
    }
}

extension RecordForm: ExpressibleByArgument {}
