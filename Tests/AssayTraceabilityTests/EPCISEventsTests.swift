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

    static func day(_ day: Int) -> String { "2026-01-0\(day)T10:00:00Z" }

    /// Serial numbers of the parts of each document, with what it is: a record, or parts that come or go.
    static func outline(_ events: [String]) throws -> [String] {
        try read(events).map { document in
            func serials(_ parts: [BuiltComponent]) -> String {
                parts.map { $0.part.serial ?? "?" }.joined(separator: " ")
            }
            switch document.content {
            case .record(let record): return "\(record.device.serial ?? "?"): \(serials(record.components))"
            case .delta(let delta):
                let states = Set(delta.changes.map(\.status.rawValue)).sorted().joined(separator: " ")
                return "\(delta.amends.serial ?? "?") \(states): \(serials(delta.changes.map(\.component)))"
            case .profile: return "profile"
            }
        }
    }

    @Test(
        "packages hold units and are none",
        arguments: [
            ("urn:epc:id:giai:4012345.Pallet", #", "bizStep": "packing""#),
            ("urn:epc:id:giai:4012345.Pallet", #", "bizStep": "urn:epcglobal:cbv:bizstep:shipping""#),
            ("urn:epc:id:giai:4012345.Pallet", #", "bizStep": "https://ref.gs1.org/cbv/BizStep-loading""#),
            ("urn:epc:id:sscc:4012345.1234567890", ""), ("https://id.gs1.org/00/340123450000000000", ""),
            ("urn:epc:id:grai:4012345.11111.1", ""),
        ])
    func packages(code: String, more: String) throws {
        let outline = try Self.outline([
            Self.event("Association", at: Self.day(1), children: [Self.module]),
            Self.event("Aggregation", at: Self.day(2), parent: code, children: [Self.unit], more: more),
            Self.event("Aggregation", "DELETE", at: Self.day(3), parent: code, children: [Self.unit], more: more),
            Self.event("Association", "DELETE", at: Self.day(4), children: [Self.module]),
        ])
        #expect(outline == ["U-1: M-1", "U-1 removed: M-1"])
    }

    @Test func whatIsInsideComesAndGoesWithWhatItIsIn() throws {
        let outline = try Self.outline([
            Self.event("Association", at: Self.day(1), parent: Self.board, children: [Self.module]),
            Self.event("Association", at: Self.day(2), children: [Self.board]),
            Self.event("Association", "DELETE", at: Self.day(3), children: [Self.board]),
            Self.event("Association", at: Self.day(4), parent: Self.board, children: [Self.other]),
            Self.event("Association", at: Self.day(5), children: [Self.board]),
        ])
        #expect(outline == ["U-1: B-1 M-1", "U-1 removed: B-1 M-1", "U-1 added: B-1 M-1 M-2"])
    }

    @Test func aRemovalThatNamesNothingTakesOutEverything() throws {
        let lot = #", "childQuantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.033333.L9", "quantity": 2}]"#
        let outline = try Self.outline([
            Self.event("Association", at: Self.day(1), children: [Self.module], more: lot),
            Self.event("Association", at: Self.day(2), children: [Self.other]),
            Self.event("Association", "DELETE", at: Self.day(3), children: [Self.module]),
            Self.event("Association", "DELETE", at: Self.day(4), children: []),
            Self.event("Association", "DELETE", at: Self.day(5), children: []),
        ])
        #expect(outline == ["U-1: M-1 ? ? M-2", "U-1 removed: M-1", "U-1 removed: ? ? M-2"])
    }

    @Test func aPartThatMovesLeavesTheUnitThatItWasIn() throws {
        let second = "urn:epc:id:sgtin:4012345.011111.U-2"
        let outline = try Self.outline([
            Self.event("Association", at: Self.day(1), children: [Self.board, Self.module]),
            Self.event("Association", at: Self.day(2), parent: Self.board, children: [Self.module]),
            Self.event("Association", at: Self.day(3), parent: second, children: [Self.board]),
        ])
        #expect(outline == ["U-1: B-1 M-1", "U-1 removed: B-1 M-1", "U-2: B-1 M-1"])
    }

    @Test func eventsOfOneMomentCountInTheOrderOfTheDocument() throws {
        let serials = (0..<12).map { "urn:epc:id:giai:4012345.\($0)" }
        let outline = try Self.outline(serials.map { Self.event("Association", children: [$0]) })
        #expect(outline == ["U-1: 0 1 2 3 4 5 6 7 8 9 10 11"])
    }

    /// What observations of the first day's unit leave to be told.
    private static func contradictions(_ events: [String]) throws -> [String] {
        let documents = try read(
            [
                event("Association", at: day(1), children: [board]),
                event("Association", at: day(1), parent: board, children: [module]),
            ] + events)
        return documents.flatMap { document -> [String] in
            guard case .record(let record) = document.content else { return [] }
            return record.source?.contradictions ?? []
        }
    }

    @Test("An observation that names what is inside, at any depth and perhaps not all, confirms it and changes nothing")
    func observationsConfirm() throws {
        func seen(_ children: [String], in parent: String = Self.unit, more: String = "") -> String {
            Self.event("Aggregation", "OBSERVE", at: Self.day(2), parent: parent, children: children, more: more)
        }
        #expect(try Self.contradictions([seen([Self.board, Self.module]), seen([]), seen([Self.module])]).isEmpty)
        #expect(try Self.contradictions([seen([Self.other], in: "urn:epc:id:sgtin:4012345.011111.U-9")]).isEmpty)
        #expect(try Self.contradictions([seen([Self.other], more: #", "bizStep": "shipping""#)]).isEmpty)
        let parentless = #"{"type": "AggregationEvent", "action": "OBSERVE", "childEPCs": ["\#(Self.other)"]}"#
        #expect(try Self.contradictions([parentless]).isEmpty)
        #expect(try Self.read([seen([Self.module])]).isEmpty)
    }

    @Test("A thing seen where no event put it is told with what the events say, and stays out of the record")
    func observationsContradict() throws {
        let seen = Self.event("Association", "OBSERVE", at: Self.day(2), children: [Self.module, Self.other])
        let words = "\(Self.other) was seen inside of \(Self.unit) at \(Self.day(2)), where events have it "
        #expect(try Self.contradictions([seen]) == [words + "nowhere"])
        let elsewhere = Self.event(
            "Association", at: Self.day(1), parent: "urn:epc:id:sgtin:4012345.011111.U-2", children: [Self.other])
        #expect(
            try Self.contradictions([elsewhere, seen]) == [words + "inside of urn:epc:id:sgtin:4012345.011111.U-2"])
        let later = Self.event("Association", at: Self.day(3), children: [Self.other])
        #expect(try Self.contradictions([later, seen]) == [words + "nowhere"])
        let taken = Self.event("Association", "DELETE", at: Self.day(1), children: [Self.board])
        #expect(try Self.contradictions([taken, seen]).count == 2)
    }

    @Test("Of a lot as many are there as were put in")
    func observationsOfLots() throws {
        let lot = "urn:epc:class:lgtin:4012345.033333.L7"
        func event(_ action: String, _ count: Int, on day: Int) -> String {
            let list = #", "childQuantityList": [{"epcClass": "\#(lot)", "quantity": \#(count)}]"#
            return Self.event("Association", action, at: Self.day(day), children: [], more: list)
        }
        #expect(try Self.contradictions([event("ADD", 3, on: 1), event("OBSERVE", 3, on: 2)]).isEmpty)
        #expect(
            try Self.contradictions([event("ADD", 3, on: 1), event("OBSERVE", 4, on: 2)]).first?
                .hasSuffix("where events have it 3 times instead of 4") == true)
    }

    @Test("What was seen otherwise is a defect of the chain, each for itself, and survives export and import")
    func contradictionsAreDefects() throws {
        let documents = try Self.read([
            Self.event("Association", at: Self.day(1), children: [Self.board]),
            Self.event("Association", "OBSERVE", at: Self.day(2), children: [Self.module, Self.other]),
        ])
        guard case .record(let record) = documents.first?.content else {
            Issue.record("no record: \(documents)")
            return
        }
        #expect(record.components.map(\.part.serial) == ["B-1"] && record.source?.form == "epcis")
        let again = try RecordJSON.asBuilt(from: try CanonicalJSON.encode(record))
        let defects = RecordChain(base: again).resolve([]).defects
        #expect(
            defects.map(\.kind) == [.contradictsItself, .contradictsItself] && !defects.contains(where: \.isNotice))
    }

    @Test func quantitiesAreLimitedBeforeTheyAreCounted() {
        let lot = #"{"epcClass": "urn:epc:class:lgtin:4012345.033333.L9", "quantity": 1024}"#
        func more(_ count: Int) -> String {
            #", "childQuantityList": ["# + Array(repeating: lot, count: count).joined(separator: ",") + "]"
        }
        let place = "epcisBody.eventList[0].childQuantityList[16]"
        #expect(throws: RecordFailure(.tooLarge, field: place, detail: "")) {
            try Self.read([Self.event("Association", children: [], more: more(17))])
        }
        let units = (0..<18).map { number in
            Self.event("Association", parent: "urn:epc:id:giai:4012345.\(number)", children: [], more: more(16))
        }
        #expect(throws: RecordFailure(.tooLarge, field: "epcisBody.eventList[16]", detail: "")) { try Self.read(units) }
    }

    @Test func deepNestingIsRefused() {
        let codes = (0..<20).map { "urn:epc:id:giai:4012345.\($0)" }
        let events = zip(codes, codes.dropFirst()).map { Self.event("Association", parent: $0, children: [$1]) }
        #expect(throws: RecordFailure(.tooDeep, field: "epcisBody.eventList[17]", detail: "")) { try Self.read(events) }
    }

    @Test func faultsNameTheEvent() {
        #expect(throws: RecordFailure(.cycle, field: "epcisBody.eventList[0].childEPCs[0]", detail: "")) {
            try Self.read([Self.event("Aggregation", children: [Self.unit])])
        }
        #expect(throws: RecordFailure(.cycle, field: "epcisBody.eventList[1]", detail: "")) {
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
        let bytes = Array(text.utf8)
        let parse: (RawSpan) -> Void = { span in
            _ = try? RecordImport.read(span.withUnsafeBytes { [UInt8]($0) }, as: .epcis)
        }
        ParserTester.truncations(of: bytes, parse)
        ParserTester.mutations(of: bytes, count: 500, parse)
    }
}
