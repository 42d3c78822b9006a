import AssayModel
import Testing

@testable import AssayAgent

@Suite struct AgentNameTests {
    @Test("the program names itself with a version of three numbers (Semantic Versioning 2.0.0)") func current() throws
    {
        #expect(AgentName.current.name == "assay-agent")
        #expect(AgentName.current.version.wholeMatch(of: /(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)/) != nil)
        let json = try CanonicalJSON.encode(AgentName(name: "a", version: "1.2.3"))
        #expect(String(decoding: json, as: UTF8.self) == #"{"name":"a","version":"1.2.3"}"#)
    }
}
