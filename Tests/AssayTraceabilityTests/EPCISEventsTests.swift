import AssayModel
import AssayTestKit
import Testing

@testable import AssayTraceability

@Suite struct EPCISEventsTests {
    static let unit = "urn:epc:id:sgtin:4012345.011111.U-1"
    static let module = "https://id.gs1.org/01/04012345222226/21/M%2D1"
    static let other = "urn:epc:id:sgtin:4012345.022222.M-2"
    static let board = "urn:epc:id:giai:4012345.B-1"

    static func event(
        _ type: String, _ action: String = "ADD", at time: String = "2026-01-01T10:00:00Z", parent: String = unit,
        children: [String], more: String = ""
    ) -> String {
        let list = children.map { "\"\($0)\"" }.joined(separator: ",")
        return """
            {"type": "\(type)Event", "action": "\(action)", "eventTime": "\(time)", "parentID": "\(parent)",
            "childEPCs": [\(list)], "bizLocation": {"id": "urn:epc:id:sgln:4012345.00001.0"}\(more)}
            """
    }

    static let commissioning = """
        {"type": "ObjectEvent", "action": "ADD", "bizStep": "commissioning", "eventTime": "2026-01-01T09:00:00Z",
        "epcList": ["\(module)", "\(other)"], "ilmd": {"acme:class": "memory", "acme:manufacturer": "chips",
        "cbvmda:lotNumber": "L7", "cbvmda:countryOfOrigin": "DE"}}
        """

    static func read(_ events: [String]) throws -> [ImportedDocument] {
        let text = """
            {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"], "type": "EPCISDocument",
            "schemaVersion": "2.0", "epcisBody": {"eventList": [\(events.joined(separator: ","))]}}
            """
        return try RecordImport.read(Array(text.utf8))
    }

    @Test func whatIsFittedInTheFactoryIsTheRecord() throws {
        let documents = try Self.read([
            Self.event("Aggregation", at: "2026-01-01T12:00:00+02:00", children: [Self.board]),
            Self.event("Association", parent: Self.board, children: [Self.module]), Self.commissioning,
        ])
        guard documents.count == 1, case .record(let record) = documents[0].content else {
            Issue.record("not one record: \(documents)")
            return
        }
        #expect(documents[0].form == .epcis)
        #expect(record.device.serial == "U-1")
        #expect(record.factory == "urn:epc:id:sgln:4012345.00001.0")
        #expect(record.components.map(\.part.serial) == ["B-1", "M-1"])
        let memory = record.components[1]
        #expect(memory.componentClass == .memory)
        #expect(memory.lot == "L7")
        #expect(memory.origin == "DE")
        #expect(memory.part.partNumber == "04012345222226")
        #expect(memory.evidenceDocument == Self.module)
        #expect(record.components[0].componentClass == .unclassified)
    }

    @Test func whatIsChangedLaterAreDeltasInTheOrderOfTime() throws {
        let documents = try Self.read([
            Self.commissioning,
            Self.event(
                "Association", at: "2026-03-02T10:00:00Z", children: [Self.other], more: #", "bizStep": "repairing""#),
            Self.event("Association", "DELETE", at: "2026-03-01T10:00:00Z", children: [Self.module]),
            Self.event("Association", children: [Self.module]),
            Self.event("Association", "OBSERVE", at: "2026-02-01T10:00:00Z", children: [Self.module]),
        ])
        guard documents.count == 3, case .record(let record) = documents[0].content else {
            Issue.record("not a record and two deltas: \(documents)")
            return
        }
        let deltas = documents.compactMap { document -> RecordDelta? in
            if case .delta(let delta) = document.content { delta } else { nil }
        }
        #expect(deltas.map { $0.changes.map(\.status) } == [[.removed], [.added]])
        #expect(deltas.map(\.kind) == [nil, .repair])
        let resolution = RecordChain(base: record).resolve(deltas)
        #expect(resolution.defects.isEmpty)
        #expect(resolution.effective.components.map(\.part.serial) == ["M-2"])
    }

    @Test func aRepairThatOnlyAddsIsADelta() throws {
        let documents = try Self.read([
            Self.event("Association", children: [Self.module]),
            Self.event(
                "Association", at: "2026-03-02T10:00:00Z", children: [Self.other],
                more: #", "bizStep": "https://ref.gs1.org/cbv/BizStep-repairing""#),
        ])
        guard documents.count == 2, case .delta(let delta) = documents[1].content else {
            Issue.record("no delta: \(documents)")
            return
        }
        #expect(delta.kind == .repair)
        #expect(delta.changes.map(\.status) == [.added])
    }

    @Test func lotsCount() throws {
        let lot = #", "childQuantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.033333.L9", "quantity": 3}]"#
        let documents = try Self.read([Self.event("Aggregation", children: [], more: lot)])
        guard case .record(let record)? = documents.first?.content else {
            Issue.record("no record")
            return
        }
        #expect(record.components.map(\.lot) == ["L9", "L9", "L9"])
        #expect(record.components.map(\.part.serial) == [nil, nil, nil])
    }

    @Test func faultsNameTheEvent() {
        #expect(throws: RecordFailure(.cycle, field: "epcisBody.eventList[0].childEPCs[0]", detail: "")) {
            try Self.read([Self.event("Aggregation", children: [Self.unit])])
        }
        #expect(throws: RecordFailure(.cycle, field: "epcisBody.eventList[0]", detail: "")) {
            try Self.read([
                Self.event("Aggregation", children: [Self.board]),
                Self.event("Aggregation", parent: Self.board, children: [Self.unit]),
            ])
        }
        #expect(throws: RecordFailure(.invalid, field: "epcisBody.eventList[0]", detail: "")) {
            try Self.read([Self.event("Aggregation", at: "yesterday", children: [Self.board])])
        }
        #expect(throws: RecordFailure(.invalid, field: "epcisBody.eventList[0]", detail: "")) {
            try Self.read([Self.event("Strange", children: [])])
        }
    }

    @Test(
        arguments: [
            ("urn:epc:id:sgtin:4012345.011111.6789%2FA", "6789/A", "011111"),
            ("urn:epc:id:giai:4012345.32a%2Fb", "32a/b", nil),
            ("urn:epc:id:cpi:4012345.P77.12", "12", "P77"), ("https://example.com/8004/401234532a", "401234532a", nil),
            ("plain-7", "plain-7", nil), ("urn:epc:id", "urn:epc:id", nil),
        ] as [(String, String, String?)])
    func codes(text: String, serial: String, item: String?) {
        #expect(ProductCode(text).serial == serial)
        #expect(ProductCode(text).item == item)
    }

    @Test func hostileBytesEndInAFailure() {
        let text =
            #"{"type": "EPCISDocument", "epcisBody": {"eventList": ["# + Self.commissioning + ","
            + Self.event("Association", children: [Self.module]) + "]}}"
        ParserTester.mutations(of: Array(text.utf8), count: 500) { span in
            _ = try? RecordImport.read(span.withUnsafeBytes { [UInt8]($0) }, as: .epcis)
        }
    }
}
