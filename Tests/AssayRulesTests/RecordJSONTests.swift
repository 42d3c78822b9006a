import AssayModel
import Testing

@Suite struct RecordJSONTests {
    private func refusal(_ json: String) -> RecordFailure? {
        do {
            _ = try RecordJSON.profile(from: json.utf8)
            return nil
        } catch {
            return error
        }
    }

    private static func profile(_ rest: String) -> String {
        "{\"schema\":\"assay/profile/v1\",\"id\":\"p\",\"version\":\"1\"\(rest.isEmpty ? "" : ",")\(rest)}"
    }

    @Test("Every form of a profile reads, and writes what it read")
    func roundTrip() throws {
        let text = Self.profile(
            """
            "$schema":"../schema/profile.schema.json","title":"t","appliesTo":{"models":["M*"]},
            "classes":{"memory":{"fields":{"serial":"ignore","ids.*":"notice"},"unexpected":"notice",
            "access":"reported"}},
            "components":[{"class":"memory","slot":"dimm/A","quantity":1,"manufacturer":"X","firmwareVersion":["1","2"],
            "ids":{"vendor":["8086","8087"]},"alternates":[{"name":"n","model":"Y"}],"access":"virtual"}],
            "firmware":[{"location":"fw/bios","minimum":"1.2","digests":[]}],
            "files":{"unknown":"fail","allowedPaths":["/opt/**"]},
            "boot":{"secureBoot":true,"pcrs":{"sha256":{"7":"aa"}}},
            "source":{"origin":"written"}
            """)
        let profile = try RecordJSON.profile(from: text.utf8)
        #expect(profile.components[0].part.ids["vendor"] == ["8086", "8087"])
        #expect(profile.components[0].alternates[0].part.model == "Y")
        #expect(profile.policy(for: .memory).rule(for: "ids.vendor") == .notice)
        #expect(try RecordJSON.profile(from: try CanonicalJSON.encode(profile)) == profile)
        let built = """
            {"schema":"assay/as-built/v1","device":{"serial":"S"},"operator":"o","covers":["memory"],
            "components":[{"class":"memory","location":"dimm/A","serial":"1",
            "lot":"L","dateCode":"2601","origin":"KR"}]}
            """
        let record = try RecordJSON.asBuilt(from: built.utf8)
        #expect(record.components[0].lot == "L" && record.operatorName == "o")
        #expect(try RecordJSON.asBuilt(from: try CanonicalJSON.encode(record)) == record)
    }

    @Test(
        "What is wrong is named",
        arguments: [
            (
                profile("\"components\":[{\"class\":\"memory\"},{\"clas\":\"x\"}]"), RecordFailure.Code.unknownField,
                "components[1].clas"
            ),
            (
                profile("\"classes\":{\"memory\":{\"fields\":{\"serail\":\"exact\"}}}"), .unknownField,
                "classes.memory.fields.serail"
            ),
            (
                profile("\"classes\":{\"memory\":{\"fields\":{\"serial\":\"exactly\"}}}"), .invalid,
                "classes.memory.fields.serial"
            ),
            (profile("\"components\":[{\"slot\":\"x\"}]"), .invalid, "components[0].class"),
            (profile("\"components\":[{\"class\":\"memory\",\"quantity\":0}]"), .invalid, "components[0].quantity"),
            (
                profile("\"components\":[{\"class\":\"memory\",\"quantity\":100000}]"), .invalid,
                "components[0].quantity"
            ),
            (
                profile("\"components\":[{\"class\":\"memory\",\"slot\":\"a\",\"quantity\":2}]"), .invalid,
                "components[0].quantity"
            ),
            (profile("\"components\":[{\"class\":\"memory\",\"model\":7}]"), .malformed, "components[0].model"),
            (
                profile("\"components\":[{\"class\":\"memory\",\"ids\":{\"vendor\":[]}}]"), .invalid,
                "components[0].ids.vendor"
            ),
            (
                profile("\"components\":[{\"class\":\"memory\",\"alternates\":[{\"model\":\"a\\u0007\"}]}]"), .invalid,
                "components[0].alternates[0].model"
            ),
            (profile("\"firmware\":[{\"location\":\"\"}]"), .invalid, "firmware[0].location"),
            (
                profile("\"firmware\":[{\"location\":\"x\",\"digests\":[\"md5:0\"]}]"), .invalid,
                "firmware[0].digests[0]"
            ),
            ("{\"schema\":\"assay/profile/v9\",\"id\":\"p\",\"version\":\"1\"}", .unknownSchema, "schema"),
            ("{\"schema\":\"assay/profile/v1\",\"id\":\"\",\"version\":\"1\"}", .invalid, "id"),
            ("{\"schema\":\"assay/profile/v1\",\"id\":\"p\"}", .invalid, "version"), ("not json", .malformed, ""),
            ("", .malformed, ""),
        ])
    func refused(_ json: String, _ code: RecordFailure.Code, _ field: String) throws {
        let failure = try #require(refusal(json))
        #expect(failure == RecordFailure(code, field: field, detail: ""), "\(failure)")
        #expect(failure.description.hasPrefix(field))
    }

    @Test("Depth, size, counts and texts have limits")
    func limits() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(refusal(Self.profile("\"x-deep\":" + deep))?.code == .tooDeep)
        #expect(refusal(String(repeating: " ", count: RecordJSON.maximumSize + 1))?.code == .tooLarge)
        let long = String(repeating: "a", count: RecordJSON.maximumText + 1)
        #expect(
            refusal(Self.profile("\"components\":[{\"class\":\"memory\",\"model\":\"\(long)\"}]"))
                == RecordFailure(.tooLarge, field: "components[0].model", detail: ""))
        let many = Array(repeating: "{\"class\":\"usb\"}", count: RecordJSON.maximumEntries + 1).joined(separator: ",")
        #expect(
            refusal(Self.profile("\"components\":[\(many)]"))
                == RecordFailure(.tooLarge, field: "components", detail: ""))
        #expect(refusal(Self.profile("\"title\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\""))?.code == nil)
    }

    @Test("A record of nobody is refused")
    func recordOfNobody() {
        #expect(throws: RecordFailure(.invalid, field: "device", detail: "")) {
            try RecordJSON.asBuilt(from: "{\"schema\":\"assay/as-built/v1\",\"device\":{}}".utf8)
        }
    }
}
