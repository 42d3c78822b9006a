import AssayModel
import FoundationEssentials
import Testing

@testable import AssayRules

@Suite struct RendererTests {
    private static let hostile = "<b>&\"'\u{202e}\u{1b}[31m\u{7}\u{fffe}\nok"

    private var hostileResult: VerifyResult {
        Evaluation(profile: Parts.profile([Parts.expectedMemory(slot: "A"), Parts.expectedPCI("0000:03:00.0")]))
            .run(
                Parts.inventory(
                    [Parts.memory("A", maker: Self.hostile), Parts.pci("0000:03:00.0", access: .virtual)]))
    }

    @Test("JSON has the contract's shape and reads back")
    func json() throws {
        let text = try JSONRenderer.render(hostileResult)
        let decoded = try CanonicalJSON.decode(VerifyResult.self, from: text.utf8)
        #expect(decoded == hostileResult)
        #expect(decoded.verdict == .fail)
        #expect(text.contains("\"outcomes\" : [") && text.contains("\"verdict\" : \"fail\""))
        let bare = try JSONRenderer.render(VerifyResult(verdict: .pass, outcomes: []))
        #expect(!bare.contains("findings"))
    }

    @Test("JUnit is well formed whatever the device says, one test case an outcome")
    func junit() throws {
        let text = JUnitRenderer.render(hostileResult)
        #expect(XMLChecker.isWellFormed(text))
        #expect(text.split(separator: "\n").count { $0.contains("<testcase ") } == hostileResult.outcomes.count + 1)
        #expect(text.contains("failures=\"1\" errors=\"1\""))
        #expect(text.contains("message=\"DIFFERENT memory at dimm/A"))
        #expect(text.contains("&lt;b&gt;&amp;&quot;&apos;\\u{202e}\\u{1b}[31m\\u{7}\\u{fffe}"))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    }

    /// A drive that is nearly proven false, and a memory module that nobody gave a maker.
    private var suspectResult: VerifyResult {
        var drive = Parts.drive("nvme", model: "Samsung SSD 980 PRO 1TB", firmware: nil)
        drive.properties = ["kind": "nvme", "parent": "pci/0000:01:00.0"]
        var profile = Parts.profile([])
        profile.classes[HardwareProfile.anyClass] = ClassPolicy(unexpected: .ignore)
        return Evaluation(profile: profile)
            .run(
                Parts.inventory([drive, Parts.pci("0000:01:00.0", "1e4b", "1202"), Parts.memory("A", maker: "Unknown")])
            )
    }

    @Test("A suspect part stands among the differences, notes are only counted")
    func suspicion() {
        let text = TextRenderer.render(suspectResult)
        #expect(text.hasPrefix("FAIL\nSUSPECT PART    storage at storage/nvme: drive that calls itself Samsung"))
        #expect(text.contains("/device/vendor shows 1e4b, should be 144d; "))
        #expect(text.contains("1 notes about parts") && !text.contains("Also:") && text.contains(", 1 suspect"))
        let junit = JUnitRenderer.render(suspectResult)
        #expect(XMLChecker.isWellFormed(junit))
        #expect(
            junit.contains("tests=\"2\" failures=\"1\"") && junit.contains("classname=\"signal/samsung-controller\""))
    }

    @Test("Whatever decides stands as an entry of its own in text and JUnit, beside other differences")
    func decidingFindings() throws {
        var stick = Parts.usb("1-1", "0951", "1666")
        stick.properties["interfaces"] = "08:06:50 03:01:01"
        var profile = Parts.profile([Parts.expectedMemory(slot: "A")])
        profile.classes[HardwareProfile.anyClass] = ClassPolicy(unexpected: .ignore)
        profile.usbInterfaces = ["08:06:50"]
        for (maker, failures) in [("Micron", 1), ("Other", 2)] {
            let result = Evaluation(profile: profile).run(Parts.inventory([Parts.memory("A", maker: maker), stick]))
            #expect(result.verdict == .fail)
            let text = TextRenderer.render(result)
            #expect(text.contains("\nNOT ALLOWED     usb/1-1 has the function 03:01:01, which no list allows\n"))
            #expect(text.contains("    read from /sys/bus/usb/devices/1-1; profile bench v1 usbInterfaces; rule usb/"))
            #expect(
                text.contains("    Unplug the device") && !text.contains("Also:") && text.contains(", 1 not allowed"))
            let junit = JUnitRenderer.render(result)
            #expect(XMLChecker.isWellFormed(junit))
            #expect(junit.contains("classname=\"usb/interface-not-allowed\""))
            #expect(junit.contains("failures=\"\(failures)\""))
            #expect(junit.split(separator: "\n").count { $0.contains("<failure ") } == failures)
        }
    }

    @Test(
        "What only stands beside a verdict is no failure",
        arguments: [
            ("change/component-changed", Finding.Severity.medium, false), ("record/missing-link", .high, false),
            ("supplier/list-outdated", .medium, false), ("chain/replay", .medium, false), ("chain/replay", .high, true),
            ("fleet/cloned-machine", .high, true), ("trace/moved-component", .medium, false),
            ("trace/unapproved-supplier", .info, false), ("trace/unapproved-supplier", .high, true),
        ])
    func decidesAlone(_ rule: String, _ severity: Finding.Severity, _ decides: Bool) {
        let finding = Finding(rule: rule, severity: severity, title: "t", source: "s", advice: "a")
        #expect(finding.decidesAlone == decides)
    }

    @Test("Station, operator and whether the fleet was asked stand in every form")
    func station() throws {
        var result = VerifyResult(verdict: .pass, outcomes: [])
        #expect(!JUnitRenderer.render(result).contains("propert"))
        result.station = "L3 \"7\""
        result.operator = Self.hostile
        result.fleet = .notAsked
        let junit = JUnitRenderer.render(result)
        #expect(XMLChecker.isWellFormed(junit))
        #expect(junit.contains(#"<property name="station" value="L3 &quot;7&quot;"/>"#))
        #expect(junit.contains(#"<property name="fleet" value="not-asked"/>"#))
        #expect(try CanonicalJSON.decode(VerifyResult.self, from: JSONRenderer.render(result).utf8) == result)
        let text = TextRenderer.render(result)
        #expect(text.hasSuffix("station L3 \"7\", operator <b>&\"'\\u{202e}\\u{1b}[31m\\u{7}\\u{fffe}\\u{a}ok\n"))
    }

    @Test("A unit without a record is an error in JUnit, not a passed test")
    func junitUnverified() {
        let text = JUnitRenderer.render(Evaluation(profile: nil).run(Parts.inventory([])))
        #expect(text.contains("errors=\"1\"") && text.contains("<error type=\"unverified\""))
    }

    @Test(
        "The checker of this test can fail", arguments: ["<a><b></a></b>", "<a x=\"<\"/>", "<a>&b</a>", "<a", "<a/><"])
    func checkerFails(_ text: String) {
        #expect(!XMLChecker.isWellFormed(text))
    }

    @Test("Names for numbers go into the text and nowhere else")
    func explanation() {
        let text = TextRenderer.render(hostileResult) { kind, text in "\(kind.rawValue) named \(text)" }
        #expect(text.contains("pci at pci/0000:03:00.0: should be pci named "))
        #expect(!TextRenderer.render(hostileResult).contains(" named "))
    }

    @Test("Text says the verdict first and each difference in one line, its origin and the next step below")
    func text() {
        let lines = TextRenderer.render(hostileResult).split(separator: "\n")
        #expect(lines.first == "FAIL")
        #expect(lines[1].hasPrefix("DIFFERENT       memory at dimm/A: manufacturer is <b>&\"'\\u{202e}\\u{1b}[31m"))
        #expect(lines[2].contains("rule trace/mismatched-component"))
        #expect(lines[2].hasPrefix("    ") && lines[3].hasPrefix("    "))
        #expect(lines[4].hasPrefix("CANNOT CHECK    pci at pci/0000:03:00.0"))
        #expect(lines.last == "0 matched, 1 different, 1 not verifiable")
    }

    @Test(
        "Words for a line worker",
        arguments: [
            (Outcome.Kind.missing, "MISSING"), (.unexpected, "EXTRA"), (.duplicate, "SAME SERIAL"),
            (.mismatched, "DIFFERENT"),
            (.notVerifiable, "CANNOT CHECK"), (.matched, "OK"), (.matchedAlternate, "OK"), (.moved, "OTHER DEVICE'S"),
        ])
    func words(_ kind: Outcome.Kind, _ word: String) {
        let outcome = Outcome(kind, .memory, at: "dimm/A", rule: "trace/missing-component", source: "profile f v1")
        #expect(TextRenderer.line(outcome).hasPrefix(word + " "))
    }

    @Test("The verdict stands large on a terminal and in colour only there")
    func large() {
        let pass = VerifyResult(verdict: .pass, outcomes: [])
        let terminal = TextRenderer.render(pass, style: .terminal)
        #expect(terminal.contains("\u{1b}[1;32m") && terminal.contains("####    ###"))
        #expect(!TextRenderer.render(pass).contains("\u{1b}"))
        for verdict in Verdict.allCases {
            let rows = LargeLetters.lines(TextRenderer.word(verdict))
            #expect(Set(rows.map(\.count)).count == 1)
            #expect(rows.allSatisfy { $0.count > TextRenderer.word(verdict).count })
        }
    }

    @Test("Exit status", arguments: zip(Verdict.allCases, [Int32(0), 1, 2, 2]))
    func exitStatus(_ verdict: Verdict, _ status: Int32) { #expect(verdict.exitStatus == status) }
}

/// Checks tags, attributes and references of a small XML document.
private struct XMLChecker {
    private var rest: Substring
    private var open: [Substring] = []

    static func isWellFormed(_ text: String) -> Bool {
        var checker = XMLChecker(rest: text[...])
        return checker.check()
    }

    private init(rest: Substring) { self.rest = rest }

    private mutating func check() -> Bool {
        if rest.hasPrefix("<?xml ") { rest = rest.drop { $0 != ">" }.dropFirst() }
        while let character = rest.first {
            if character == "<" {
                guard tag() else { return false }
            } else if character == "&" {
                guard reference() else { return false }
            } else {
                rest.removeFirst()
            }
        }
        return open.isEmpty
    }

    private mutating func reference() -> Bool {
        for name in ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"] where rest.hasPrefix(name) {
            rest = rest.dropFirst(name.count)
            return true
        }
        return false
    }

    private mutating func tag() -> Bool {
        rest.removeFirst()
        let closes = rest.first == "/"
        if closes { rest.removeFirst() }
        let name = rest.prefix { $0.isLetter }
        rest = rest.dropFirst(name.count)
        if name.isEmpty { return false }
        while let character = rest.first, character != ">" {
            if character == "\"" {
                guard value() else { return false }
            } else if character == "/" {
                rest.removeFirst()
                guard rest.first == ">" else { return false }
                rest.removeFirst()
                return true
            } else {
                rest.removeFirst()
            }
        }
        guard rest.first == ">" else { return false }
        rest.removeFirst()
        if !closes {
            open.append(name)
            return true
        }
        return open.popLast() == name
    }

    private mutating func value() -> Bool {
        rest.removeFirst()
        while let character = rest.first, character != "\"" {
            if character == "<" { return false }
            if character == "&" {
                guard reference() else { return false }
            } else {
                rest.removeFirst()
            }
        }
        guard rest.first == "\"" else { return false }
        rest.removeFirst()
        return true
    }
}
