package import AssayModel

/// An in-toto Statement v1 that says how one unit was judged, where and by whom.
package struct VerificationStatement: Sendable, Hashable, Codable {
    /// The unit as it names itself: evidence, never identity.
    package struct Unit: Sendable, Hashable, Codable {
        /// Maker of the system.
        package var manufacturer: String?
        /// Model or product name.
        package var model: String?
        /// Serial number of the system.
        package var serial: String?
        /// System UUID.
        package var uuid: String?

        /// Takes what names the unit, as far as a statement has room for it.
        package init(_ device: DeviceFacts) {
            manufacturer = Self.name(device.manufacturer)
            model = Self.name(device.model)
            serial = Self.name(device.serial)
            uuid = Self.name(device.uuid)
        }

        private static func name(_ text: String?) -> String? {
            let name = text.map { VerificationStatement.clipped($0, to: VerificationStatement.nameLimit) }
            return name?.isEmpty == true ? nil : name
        }
    }

    /// A document that the unit was held against.
    package struct Document: Sendable, Hashable, Codable {
        /// Its id, where it has one.
        package var id: String?
        /// SHA-256 of its canonical JSON.
        package var digest: ContentDigest

        /// Names a document.
        package init(id: String?, digest: ContentDigest) {
            self.id = id
            self.digest = digest
        }
    }

    /// The judgement.
    package struct Predicate: Sendable, Hashable, Codable {
        /// Version of the form.
        package var schema = VerificationStatement.schema
        /// Device id of the key that signs: the unit's own, or the station's.
        package var signer: ContentDigest
        /// The unit.
        package var unit: Unit
        /// The whole.
        package var verdict: Verdict
        /// Number of outcomes by name.
        package var outcomes: [String: Int]
        /// Findings by severity.
        package var findings: FindingCounts
        /// What differs or could not be told, a line each, the first ones.
        package var differences: [String]
        /// SHA-256 of the canonical JSON of the whole result, as `verify --format json` prints it.
        package var result: ContentDigest
        /// The hardware profile; nil without one.
        package var profile: Document?
        /// The as-built record and its deltas, oldest first.
        package var records: [Document]
        /// Whether the rules that need a collector were asked; nil when nobody wanted it.
        package var fleet: FleetAnswer?
        /// Station on the line.
        package var station: String?
        /// Who verified.
        package var `operator`: String?
        /// When; whole seconds are written.
        package var takenAt: Timestamp
        /// The program.
        package var agent: ReportStatement.Agent

        /// Describes a judgement.
        package init(
            signer: ContentDigest, unit: Unit, verdict: Verdict, outcomes: [String: Int], findings: FindingCounts,
            differences: [String], result: ContentDigest, profile: Document?, records: [Document],
            fleet: FleetAnswer?, station: String?, operator: String?, takenAt: Timestamp, agent: ReportStatement.Agent
        ) {
            self.signer = signer
            self.unit = unit
            self.verdict = verdict
            self.outcomes = outcomes
            self.findings = findings
            self.differences = differences
            self.result = result
            self.profile = profile
            self.records = records
            self.fleet = fleet
            self.station = station
            self.operator = `operator`
            self.takenAt = takenAt
            self.agent = agent
        }
    }

    /// A judgement of a unit, version 1.
    package static let predicateType = "urn:assay:verification:v1"
    /// The predicate's form.
    package static let schema = "assay/verification/v1"

    /// Always ``ReportStatement/type``.
    package var type = ReportStatement.type
    /// One subject: the unit's name and the digest of the inventory that was judged.
    package var subject: [ReportStatement.Subject]
    /// Always ``predicateType``.
    package var predicateType = Self.predicateType
    /// The judgement.
    package var predicate: Predicate

    /// States `predicate` of the unit `name`, whose inventory has this digest.
    package init(name: String, inventory: ContentDigest, predicate: Predicate) {
        subject = [ReportStatement.Subject(name: name, digest: ["sha256": inventory.hex])]
        self.predicate = predicate
    }

    /// The beginning of `text` that has at most `limit` bytes in UTF-8.
    package static func clipped(_ text: String, to limit: Int) -> String {
        var size = 0
        let scalars = text.unicodeScalars.prefix { scalar in
            size += UTF8.width(scalar)
            return size <= limit
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case subject, predicateType, predicate
    }

    /// Canonical JSON: the bytes that are signed and that the result's digest is taken over.
    package func encoded() throws -> [UInt8] { try CanonicalJSON.encode(self) }
}
