import AssayTestKit
import Foundation
import Testing

/// Records in the forms of others, through the two programs as they are shipped.
@Suite struct RecordsTests {
    private static func corpus(_ name: String) -> String { (Corpus.path ?? "") + "/platform-certs/hirs-laptop/" + name }

    private static let base = "default/laptop.default.1.base.cer"
    private static let light = "platCertLight/laptop_platCertLight_base_platform.crt"
    private static let addMemory = "deltaPlatMem/laptop_deltaPlatCert_addMem.crt"
    private static let badMemory = "badDeltaMem/laptop_badDeltaMem_delta.crt"

    struct Laptop: Sendable, CustomTestStringConvertible {
        let records: [String]
        let status: Int32
        let differences: Set<String>
        let findings: Set<String>
        var testDescription: String { records.joined(separator: " + ") }
    }

    static let laptops = [
        Laptop(records: [base], status: 0, differences: [], findings: []),
        Laptop(
            records: [light], status: 1, differences: ["unexpected 29AC274B"], findings: ["trace/unexpected-component"]),
        Laptop(records: [light, addMemory], status: 0, differences: [], findings: []),
        Laptop(
            records: [base, badMemory], status: 1, differences: ["mismatched 29AC2764", "mismatched 29AC274B"],
            findings: ["trace/mismatched-component", "record/date-order"]),
    ]

    @Test(
        "platform certificates and deltas against the list of the laptop", .enabled(if: Corpus.isAvailable),
        arguments: laptops)
    func certificates(_ laptop: Laptop) throws {
        let result = try Programs.run(
            Programs.agent,
            ["verify", "--inventory", Self.corpus("default/laptop_default_hw.json"), "--format", "json"]
                + ["--trust", Self.corpus("default/ca.crt")] + laptop.records.flatMap { ["--record", Self.corpus($0)] })
        #expect(result.status == laptop.status, "\(result.errors)")
        let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let outcomes = json?["outcomes"] as? [[String: Any]] ?? []
        let different = outcomes.filter { $0["outcome"] as? String != "matched" }.map { outcome in
            let serial = (outcome["observed"] as? String ?? "").split(separator: " ").last ?? ""
            return "\(outcome["outcome"] ?? "") \(serial)"
        }
        #expect(Set(different) == laptop.differences)
        let findings = json?["findings"] as? [[String: Any]] ?? []
        let rules = findings.compactMap { $0["rule"] as? String }.filter {
            $0.hasPrefix("trace/") || $0.hasPrefix("record/")
        }
        #expect(Set(rules) == laptop.findings)
    }

    @Test("a certificate of a stranger is refused", .enabled(if: Corpus.isAvailable))
    func stranger() throws {
        let certificate = (Corpus.path ?? "") + "/platform-certs/go-attestation/lenovo.cer"
        let result = try Programs.run(
            Programs.agent, ["verify", "--record", certificate, "--trust", Self.corpus("default/ca.crt")])
        #expect(result.status == 65)
        #expect(result.errors.contains("no trusted certificate of C=US"))
    }

    @Test("a thousand units come out of one table, or none and every fault by row and column")
    func tables() throws {
        let folder = try TemporaryFolder()
        let state = folder.path("state")
        #expect(try Programs.run(Programs.collector, ["init", "--state", state]).status == 0)
        var table = "unit serial;unit model;class;MPN;S/N;qty\n"
        for unit in 0..<1000 { table += "U\(unit);edge;memory;D4-8;\(unit);1\n" }
        let file = folder.path("units.csv")
        try Data(table.utf8).write(to: URL(filePath: file))
        let good = try Programs.run(Programs.collector, ["records", "import", "--state", state, file])
        #expect(good.status == 0)
        #expect(good.output == "\(file): 1000 records\n")
        try Data((table + "V1;edge;memory;D4-8;x;none\nV2;edge;;D4-8;y;1\n").utf8).write(to: URL(filePath: file))
        let bad = try Programs.run(Programs.collector, ["records", "import", "--state", state, file])
        #expect(bad.status == 65)
        #expect(bad.errors.contains("  row 1002, column qty: none is no number"))
        #expect(bad.errors.contains("  row 1003, column class: is required for a part"))
        let list = try Programs.run(
            Programs.collector, ["records", "list", "--state", state, "--format", "json"])
        let page = try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String: Any]
        #expect((page?["items"] as? [Any])?.count == 1000)
        let shown = try Programs.run(
            Programs.collector, ["records", "export", "edge/U7", "--form", "cyclonedx", "--state", state])
        #expect(shown.output.contains("\"bomFormat\" : \"CycloneDX\""))
    }
}
