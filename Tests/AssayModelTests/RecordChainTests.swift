import AssayModel
import Testing

@Suite struct RecordChainTests {
    static let unit = AsBuiltRecord.Unit(serial: "A-1", manufacturer: "acme", model: "edge")

    static func memory(_ serial: String?, at place: String? = nil) -> BuiltComponent {
        BuiltComponent(.memory, at: place, part: PartDescription(manufacturer: "acme", model: "D4", serial: serial))
    }

    static func base(_ parts: [BuiltComponent] = [memory("1", at: "dimm/A"), memory("2", at: "dimm/B")])
        -> AsBuiltRecord
    {
        var record = AsBuiltRecord(device: unit, components: parts)
        record.builtAt = "2026-01-01"
        return record
    }

    static func delta(
        _ changes: [(ComponentChange.Status, BuiltComponent)], at date: String? = "2026-02-01", id: String = "d1",
        amends: RecordDelta.Amended = .init(serial: "A-1"), device: AsBuiltRecord.Unit = unit
    ) -> RecordDelta {
        var delta = RecordDelta(
            device: device, amends: amends, changes: changes.map { ComponentChange($0.0, $0.1) })
        delta.id = id
        delta.changedAt = date
        return delta
    }

    static func digest(_ value: some Encodable) throws -> ContentDigest {
        .sha256(of: try CanonicalJSON.encode(value))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var base = RecordChainTests.base()
        let deltas: [RecordDelta]
        let defects: [ChainDefect.Kind]
        let serials: [String?]
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "no delta", deltas: [], defects: [], serials: ["1", "2"]),
        Case(
            name: "swap", deltas: [delta([(.added, memory("3", at: "dimm/B")), (.removed, memory("2"))])], defects: [],
            serials: ["1", "3"]),
        Case(
            name: "older than its base", deltas: [delta([(.removed, memory("2"))], at: "2025-12-31T23:59:59Z")],
            defects: [.dateOrder], serials: ["1"]),
        Case(
            name: "date that is none", deltas: [delta([(.removed, memory("2"))], at: "yesterday")],
            defects: [.invalidDate], serials: ["1"]),
        Case(
            name: "of another unit",
            deltas: [delta([(.removed, memory("2"))], device: .init(serial: "A-2", manufacturer: "acme"))],
            defects: [.otherUnit], serials: ["1", "2"]),
        Case(
            name: "names a record that is not here",
            deltas: [delta([(.removed, memory("2"))], amends: .init(document: .sha256(of: [1])))],
            defects: [.missingLink], serials: ["1"]),
        Case(
            name: "names another unit's record", deltas: [delta([(.removed, memory("2"))], amends: .init(serial: "B"))],
            defects: [.missingLink], serials: ["1"]),
        Case(
            name: "adds what is there", deltas: [delta([(.added, memory("1"))])], defects: [.addedPresent],
            serials: ["1", "2"]),
        Case(
            name: "adds a second part without a serial", base: base([memory(nil)]),
            deltas: [delta([(.added, memory(nil))])], defects: [], serials: [nil, nil]),
        Case(
            name: "adds to a place that is taken", deltas: [delta([(.added, memory("3", at: "dimm/A"))])],
            defects: [.placeTaken], serials: ["1", "2", "3"]),
        Case(
            name: "removes and modifies what is not there: two defects",
            deltas: [delta([(.removed, memory("8")), (.modified, memory("9"))])],
            defects: [.removedAbsent, .modifiedAbsent], serials: ["1", "2", "9"]),
        Case(
            name: "removes one of several different parts", deltas: [delta([(.removed, memory(nil))])],
            defects: [.ambiguous], serials: ["2"]),
        Case(
            name: "modifies the part in a place", deltas: [delta([(.modified, memory("7", at: "dimm/B"))])],
            defects: [],
            serials: ["1", "7"]),
        Case(
            name: "the same delta twice", deltas: [delta([(.removed, memory("2"))]), delta([(.removed, memory("2"))])],
            defects: [.repeatedLink], serials: ["1"]),
        Case(
            name: "date order, another place's part and an absent one: all three are told",
            deltas: [
                delta([(.removed, memory("8")), (.added, memory("1")), (.added, memory("3"))], at: "2020-01-01")
            ], defects: [.dateOrder, .removedAbsent, .addedPresent], serials: ["1", "2", "3"]),
    ]

    @Test(arguments: cases)
    func resolve(_ item: Case) {
        let resolution = RecordChain(base: item.base).resolve(item.deltas)
        #expect(resolution.defects.map(\.kind) == item.defects)
        #expect(resolution.effective.components.map(\.part.serial) == item.serials)
    }

    @Test func deltasFollowWhatTheyAmendWhateverTheirOrder() throws {
        let base = Self.base()
        let first = Self.delta(
            [(.removed, Self.memory("2"))], at: "2026-02-01", amends: .init(document: try Self.digest(base)))
        let second = Self.delta(
            [(.added, Self.memory("2"))], at: "2026-03-01", id: "d2",
            amends: .init(document: try Self.digest(first)))
        let resolution = RecordChain(base: base).resolve([second, first])
        #expect(resolution.defects.isEmpty)
        #expect(resolution.links == [base.citation, "delta d1 of A-1", "delta d2 of A-1"])
        let withoutMiddle = RecordChain(base: base).resolve([second])
        #expect(withoutMiddle.defects.map(\.kind) == [.missingLink, .addedPresent])
    }

    /// Deltas of which each amends the one before.
    private static func chain(of count: Int) -> [RecordDelta] {
        (0..<count).map { number in
            var delta = Self.delta(
                [(.added, memory("added \(number)"))], id: "\(number)",
                amends: number == 0
                    ? .init(serial: "A-1") : .init(certificate: .init(issuer: "CN=ca", serial: "\(number - 1)")))
            delta.source = RecordProvenance(origin: "imported")
            delta.source?.certificate = CertificateName(issuer: "CN=ca", serial: "\(number)")
            return delta
        }
    }

    @Test("deltas beyond the limit are left out, and the chain says so")
    func tooManyDeltas() throws {
        let resolution = RecordChain(base: Self.base([])).resolve(Self.chain(of: RecordChain.limit + 2))
        let defect = try #require(resolution.defects.first)
        #expect(resolution.defects.count == 1 && defect.kind == .tooManyLinks && !defect.isNotice)
        #expect(defect.observed == "1002, from delta 1000 of A-1 on left out")
        #expect(resolution.effective.components.count == RecordChain.limit)
    }

    @Test("as many deltas as are followed, which amend each other backwards, are put in order", .timeLimit(.minutes(1)))
    func manyDeltas() throws {
        let count = RecordChain.limit
        let base = Self.base([])
        let deltas = Self.chain(of: count)
        let resolution = RecordChain(base: base).resolve(deltas.reversed() + deltas)
        #expect(resolution.defects.map(\.kind) == Array(repeating: .repeatedLink, count: count))
        #expect(resolution.links.dropFirst() == deltas.map(\.citation)[...])
    }

    @Test(
        "a signature over SHA-1 is a notice",
        arguments: ["sha1WithRSA", "ecdsaWithSHA1", "rsassaPSS with SHA1", "sha256WithRSA", "ecdsaWithSHA512", nil])
    func weakSignature(algorithm: String?) {
        var base = Self.base()
        base.source = RecordProvenance(origin: "imported")
        base.source?.signature = RecordSignature(.verified, algorithm: algorithm)
        let isWeak = algorithm?.lowercased().contains("sha1") == true
        let defects = RecordChain(base: base).resolve([]).defects
        #expect(defects.map(\.kind) == (isWeak ? [.weakSignature] : []))
        #expect(defects.allSatisfy { $0.isNotice })
    }

    @Test func deltasThatAmendEachOtherAreACycle() {
        func certified(_ own: String, amends: String) -> RecordDelta {
            var delta = Self.delta([], id: own, amends: .init(certificate: .init(issuer: "CN=ca", serial: amends)))
            delta.source = RecordProvenance(origin: "imported")
            delta.source?.certificate = CertificateName(issuer: "CN=CA", serial: own)
            return delta
        }
        let resolution = RecordChain(base: Self.base()).resolve([
            certified("a", amends: "b"), certified("b", amends: "a"),
        ])
        #expect(resolution.defects.map(\.kind) == [.cycle])
        #expect(resolution.links.count == 3)
    }

    @Test func aPlaceholderSerialNamesNoPart() {
        let base = Self.base([Self.memory("none", at: "dimm/A")])
        let added = Self.delta([(.added, Self.memory("none", at: "dimm/B"))])
        #expect(RecordChain(base: base).resolve([added]).defects.map(\.kind) == [.addedPresent])
        let chain = RecordChain(base: base, saysNothing: { $0 == "none" })
        #expect(chain.resolve([added]).defects.isEmpty)
    }

    @Test func aModifiedPartKeepsWhatTheChangeDoesNotState() {
        var part = Self.memory("2", at: "dimm/B")
        part.lot = "L7"
        var change = BuiltComponent(.memory, part: PartDescription(serial: "2", revision: "B"))
        let kept = RecordChain(base: Self.base([part])).resolve([Self.delta([(.modified, change)])]).effective
        #expect(kept.components.first?.lot == "L7")
        #expect(kept.components.first?.part.model == "D4")
        #expect(kept.components.first?.part.revision == "B")
        #expect(kept.components.first?.statedBy == "delta d1 of A-1 component #1")
        change.location = "dimm/B"
        change.part.serial = "3"
        let replaced = RecordChain(base: Self.base([part])).resolve([Self.delta([(.modified, change)])]).effective
        #expect(replaced.components.first?.lot == nil)
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("2000-02-29T12:00:00Z", 951_825_600), ("2026-09-18T10:00:00+02:00", 1_789_718_400),
        ("2026-09-18T10:00:00.125-00:30", 1_789_727_400), ("1969-12-31T23:59:59Z", -1),
    ])
    func moments(text: String, seconds: Int64) throws {
        #expect(try #require(RecordMoment(text)).seconds == seconds)
    }

    @Test(arguments: ["", "2026", "2026-13-01", "2026-02-30", "2026-01-01T25:00:00Z", "2026-01-01T10:00:00", "x"])
    func noMoments(text: String) { #expect(RecordMoment(text) == nil) }
}
