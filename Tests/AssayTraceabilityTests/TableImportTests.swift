import AssayModel
import AssayTestKit
import Testing

@testable import AssayTraceability

@Suite struct TableImportTests {
    static func read(_ text: String, map: ColumnMap = ColumnMap()) throws(RecordFailure) -> [ImportedDocument] {
        try RecordImport.read(Array(text.utf8), as: .csv, map: map)
    }

    static func records(_ text: String, map: ColumnMap = ColumnMap()) throws -> [AsBuiltRecord] {
        try read(text, map: map).compactMap { document in
            if case .record(let record) = document.content { record } else { nil }
        }
    }

    @Test(
        "separators, byte order marks and line ends do not matter",
        arguments: [
            "unit serial,class,serial\nA,memory,1\nA,memory,2\nB,storage,3\n",
            "unit serial;class;serial\r\nA;memory;1\r\nB;storage;3\r\nA;memory;2",
            "unit serial\tclass\tserial\rA\tmemory\t1\rA\tmemory\t2\rB\tstorage\t3",
            "\u{feff}\"Unit Serial\",Class,S/N\nA,memory,1\n\nA,\"memory\",2\nB,Storage,\"3\"\n",
            "sep=;\nUnit-SN;TYPE;serial number;\nA;memory;1;\nA;memory; 2 ;\nB;storage;3;\n",
        ])
    func layouts(text: String) throws {
        let records = try Self.records(text)
        #expect(records.map(\.device.serial) == ["A", "B"])
        #expect(records.map { $0.components.map(\.part.serial) } == [["1", "2"], ["3"]])
        #expect(records[0].components.map(\.componentClass) == [.memory, .memory])
        #expect(records[0].source?.form == "csv")
        #expect(records[0].source?.document == .sha256(of: text.utf8))
    }

    @Test func everyFieldFindsItsPlace() throws {
        let header =
            "device.serial,device.manufacturer,device.model,factory,line,station,operator,built,ipc-1782,"
            + "class,ref des,maker,model,MPN,SN,rev,FW,lot number,date code,vendor,tier,coo,mac,address.wlan,"
            + "ids.vendor,digests.image,fieldReplaceable,identityDigests.ek,evidence,qty,certifications.fcc"
        let digest = String(repeating: "ab", count: 32)
        let row =
            "A-1,acme,edge,Graz,L1,S2,B-7,2026-01-02T03:04:05Z,advanced,"
            + "network,U7,Intel,I219,I219-LM,,B,0.13,L7,2601,chips,2,DE,8C-0F-6F-72-C6-C5,8c0f6f72c6c6,"
            + "8086,\(digest),yes,sha256:\(digest),doc-9,2,2ABC"
        let record = try #require(try Self.records(header + "\n" + row).first)
        #expect(record.factory == "Graz")
        #expect(record.operatorName == "B-7")
        #expect(record.builtAt == "2026-01-02T03:04:05Z")
        #expect(record.certifications == ["fcc": "2ABC"])
        #expect(record.components.count == 2)
        let part = record.components[0]
        #expect(part.designator == "U7")
        #expect(part.part.partNumber == "I219-LM")
        #expect(part.part.serial == nil)
        #expect(part.part.firmwareVersion == "0.13")
        #expect(part.part.ids == ["vendor": "8086"])
        #expect(part.part.digests == ["image": ["sha256:" + digest]])
        #expect(part.supplierTier == 2)
        #expect(
            part.addresses == [
                NetworkAddress(.ethernet, "8c:0f:6f:72:c6:c5"), NetworkAddress(.wlan, "8c:0f:6f:72:c6:c6"),
            ])
        #expect(part.traceabilityLevel == .advanced)
        #expect(part.identityDigests["ek"]?.hex == digest)
    }

    @Test func aMapNamesColumnsValuesAndConstants() throws {
        let map = try ColumnMap(
            json: Array(
                """
                {"schema": "assay/column-map/v1", "separator": "|",
                 "columns": {"SNR Gerät": "device.serial", "Art": "class", "Teil": "serial"}, "ignore": ["Bemerkung"],
                 "constants": {"device.manufacturer": "acme", "profile": "edge-200"},
                 "values": {"class": {"RAM": "memory"}}}
                """.utf8))
        let record = try #require(
            try Self.records("SNR Gerät|Art|Teil|Bemerkung\nA|RAM|1|heiß, laut\n", map: map).first)
        #expect(record.device == AsBuiltRecord.Unit(serial: "A", manufacturer: "acme"))
        #expect(record.profile == "edge-200")
        #expect(record.components.map(\.componentClass) == [.memory])
    }

    @Test func aClassThatNoScanHasIsNamedInTheMapOrRefused() throws {
        let text = "unit serial,class\nA,antenna\n"
        #expect(throws: RecordFailure(.invalid, field: "row 2, column class", detail: "")) { try Self.read(text) }
        let map = ColumnMap(values: ["class": ["antenna": "antenna"]])
        #expect(try Self.records(text, map: map).first?.components.map(\.componentClass) == ["antenna"])
    }

    @Test func rowsWithAStateAreDeltas() throws {
        let text = """
            unit serial,status,kind,changedAt,reason,class,serial
            A,removed,repair,2026-03-01,broken,memory,1
            A,added,repair,2026-03-01,broken,memory,2
            """
        let documents = try Self.read(text)
        guard documents.count == 1, case .delta(let delta) = documents[0].content else {
            Issue.record("not one delta: \(documents)")
            return
        }
        #expect(delta.amends == .init(serial: "A"))
        #expect(delta.kind == .repair)
        #expect(delta.changes.map(\.status) == [.removed, .added])
        #expect(delta.reason == "broken")
    }

    @Test func eachIdIsADeltaOfItsOwn() throws {
        let text = """
            unit serial,status,delta.id,changedAt,reason,class,serial
            A,removed,R1,2026-03-01,broken,memory,1
            A,removed,R2,2026-04-01,worn,storage,7
            A,added,R1,,,memory,2
            B,added,R1,2026-05-01,upgrade,usb,9
            """
        let deltas = try Self.read(text).compactMap { document -> RecordDelta? in
            if case .delta(let delta) = document.content { delta } else { nil }
        }
        #expect(deltas.map(\.id) == ["R1", "R2", "R1"])
        #expect(deltas.map(\.changedAt) == ["2026-03-01", "2026-04-01", "2026-05-01"])
        #expect(deltas.map { $0.changes.map(\.component.part.serial) } == [["1", "2"], ["7"], ["9"]])
        #expect(throws: RecordFailure(.invalid, field: "row 3, column reason", detail: "")) {
            try Self.read("unit serial,status,delta.id,reason,class\nA,added,R1,a,usb\nA,added,R1,b,usb")
        }
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let text: String
        let code: RecordFailure.Code
        let field: String
        var testDescription: String { field + ": " + text.prefix(60) }
    }

    static let faultyTables: [Fault] = [
        Fault(text: "", code: .unknownForm, field: ""),
        Fault(text: "unit serial,serail\nA,1", code: .unknownField, field: "row 1, column 2 (serail)"),
        Fault(text: "class,serial\nmemory,1", code: .invalid, field: "row 1"),
        Fault(text: "unit serial,serial,SN\nA,1,2", code: .duplicate, field: "row 1, column 3 (SN)"),
        Fault(text: "unit serial,class\nA,memory,x", code: .malformed, field: "row 2, column 3"),
        Fault(text: "unit serial,class\nA,\"memory", code: .malformed, field: "row 2, column 2"),
        Fault(text: "unit serial,class\nA,\"mem\"ory", code: .malformed, field: "row 2, column 2"),
        Fault(text: "unit serial,class\nA,mem\"ory", code: .malformed, field: "row 2, column 2"),
        Fault(text: "unit serial,class\n,memory", code: .invalid, field: "row 2"),
        Fault(text: "unit serial,class,serial\nA,,1", code: .invalid, field: "row 2, column class"),
        Fault(text: "unit serial,class\nA,memroy", code: .invalid, field: "row 2, column class"),
        Fault(text: "unit serial,class,qty\nA,memory,0", code: .invalid, field: "row 2, column qty"),
        Fault(text: "unit serial,class,MAC\nA,network,8289FAD361", code: .invalid, field: "row 2, column MAC"),
        Fault(text: "unit serial,built\nA,2026-02-31", code: .invalid, field: "row 2, column built"),
        Fault(
            text: "unit serial,factory,class\nA,Graz,memory\nA,Linz,memory", code: .invalid,
            field: "row 3, column factory"),
        Fault(
            text: "unit serial,class,serial\nA,memory,\(String(repeating: "x", count: 5000))", code: .tooLarge,
            field: "row 2, column 3"),
        Fault(text: "unit serial,class\nA,\"mem\nory\"", code: .malformed, field: "row 2, column class"),
    ]

    @Test("faults name row and column", arguments: faultyTables)
    func faults(fault: Fault) {
        #expect(throws: RecordFailure(fault.code, field: fault.field, detail: "")) { try Self.read(fault.text) }
    }

    @Test func allFaultsAreListedAndNothingIsImported() {
        let text = "unit serial,class,qty,built\nA,memory,0,x\nB,memory,1,\nC,,9999,2026-01-01\n"
        do {
            _ = try Self.read(text)
            Issue.record("nothing was thrown")
        } catch {
            #expect(
                error.all.map(\.field) == ["row 2, column qty", "row 2, column built", "row 4, column qty"])
        }
    }

    @Test func quantitiesOfAFileAreLimited() throws {
        let rows = TableImport.maximumCopies / 1023
        func table(_ count: Int) -> String {
            "unit serial,class,qty\n" + (0..<count).map { "\($0 / 16),memory,1024\n" }.joined()
        }
        #expect(try Self.records(table(rows)).reduce(0) { $0 + $1.components.count } == rows * 1024)
        #expect(throws: RecordFailure(.tooLarge, field: "row \(rows + 2)", detail: "")) {
            try Self.read(table(rows + 1))
        }
    }

    @Test func onlyAHundredFaultsAreListed() {
        let rows = (0..<500).map { "\($0),memory,x" }.joined(separator: "\n")
        do {
            _ = try Self.read("unit serial,class,qty\n" + rows)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.all.count == 101)
            #expect(error.all.last?.detail == "and 400 more faults")
        }
    }

    @Test(arguments: [
        (#"{"schema": "assay/column-map/v1", "columns": {"X": "serail"}}"#, "columns.X"),
        (#"{"schema": "assay/column-map/v1", "separator": ";;"}"#, "separator"),
        (#"{"schema": "assay/column-map/v1", "colums": {}}"#, "colums"),
    ])
    func faultsOfAMap(text: String, field: String) {
        do {
            _ = try ColumnMap(json: Array(text.utf8))
            Issue.record("nothing was thrown")
        } catch { #expect(error.field == field) }
    }

    @Test func anUTF16FileIsNamedAsSuch() {
        #expect(throws: RecordFailure(.unknownForm, field: "", detail: "")) {
            try RecordImport.read([0xff, 0xfe, 0x41, 0], as: .csv)
        }
    }

    @Test func aThousandUnitsAreGroups() throws {
        var text = "unit serial,class,serial\n"
        for part in 0..<10 { for unit in 0..<1000 { text += "U\(unit),memory,\(unit)-\(part)\n" } }
        let records = try Self.records(text)
        #expect(records.count == 1000)
        #expect(records.allSatisfy { $0.components.count == 10 })
    }

    @Test func hostileBytesEndInAFailure() {
        let bytes = Array("unit serial,class,\"ser\"\"ial\"\r\nA,memory,\"1\"\r\n".utf8)
        let parse: (RawSpan) -> Void = { span in
            _ = try? RecordImport.read(span.withUnsafeBytes { [UInt8]($0) }, as: .csv)
        }
        ParserTester.truncations(of: bytes, parse)
        ParserTester.mutations(of: bytes, parse)
    }
}
