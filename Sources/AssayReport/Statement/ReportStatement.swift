package import AssayModel

/// An in-toto Statement v1 that says what a device's inventory was at one moment.
package struct ReportStatement: Sendable, Hashable, Encodable {
    /// The device and its inventory root.
    package struct Subject: Sendable, Hashable, Codable {
        /// The device id.
        package var name: String
        /// The inventory root as `sha256` and hexadecimal digits.
        package var digest: [String: String]

        /// Names a device and a root.
        package init(name: String, digest: [String: String]) {
            self.name = name
            self.digest = digest
        }
    }

    /// The program that made the report.
    package struct Agent: Sendable, Hashable, Codable {
        /// Program name.
        package var name: String
        /// Version.
        package var version: String
        /// SHA-256 of the program's own file; nil when it could not be read.
        package var digest: ContentDigest?

        /// Describes the program.
        package init(name: String, version: String, digest: ContentDigest? = nil) {
            self.name = name
            self.version = version
            self.digest = digest
        }
    }

    /// The report itself.
    package struct Predicate: Sendable, Hashable, Encodable {
        /// Version of the form.
        package var schema: String
        /// Counts sealed reports of this device from 1 on.
        package var sequence: UInt64
        /// Digest of the report sealed before; nil in the first.
        package var previous: ContentDigest?
        /// The kernel's id of this boot; nil where there is none.
        package var bootID: String?
        /// When the scan was taken, RFC 3339 in UTC.
        package var takenAt: String
        /// The program.
        package var agent: Agent
        /// The sections by name.
        package var sections: [String: SectionDescriptor]
        /// Number of gaps by kind.
        package var gaps: [String: Int]
        /// The last nonce that the collector gave.
        package var nonce: String?

        /// Describes a report.
        package init(
            sequence: UInt64, previous: ContentDigest?, bootID: String?, takenAt: String, agent: Agent,
            sections: [String: SectionDescriptor], gaps: [String: Int], nonce: String?
        ) {
            schema = ReportStatement.schema
            self.sequence = sequence
            self.previous = previous
            self.bootID = bootID
            self.takenAt = takenAt
            self.agent = agent
            self.sections = sections
            self.gaps = gaps
            self.nonce = nonce
        }

        private enum CodingKeys: String, CodingKey {
            case schema, sequence, previous
            case bootID = "bootId"
            case takenAt, agent, sections, gaps, nonce
        }
    }

    /// in-toto Statement v1.
    package static let type = "https://in-toto.io/Statement/v1"
    /// An Assay report, version 1.
    package static let predicateType = "urn:assay:report:v1"
    /// The predicate's form.
    package static let schema = "assay/report/v1"
    /// Media type of the payload in the envelope.
    package static let payloadType = "application/vnd.in-toto+json"

    /// Always ``type``.
    package var type: String
    /// One subject.
    package var subject: [Subject]
    /// Always ``predicateType``.
    package var predicateType: String
    /// The report.
    package var predicate: Predicate

    /// States `predicate` of `device`; the root is computed from its sections.
    package init(device: ContentDigest, predicate: Predicate) {
        type = Self.type
        let root = MerkleTree.inventoryRoot(predicate.sections)
        subject = [Subject(name: device.description, digest: ["sha256": root.hex])]
        predicateType = Self.predicateType
        self.predicate = predicate
    }

    /// The Merkle root that the subject states; nil where it states none.
    package var inventoryRoot: ContentDigest? {
        subject.first?.digest["sha256"].flatMap { ContentDigest("sha256:" + $0) }
    }

    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case subject, predicateType, predicate
    }

    /// Canonical JSON: the bytes that are signed and that the report's digest is taken over.
    package func encoded() throws -> [UInt8] { try CanonicalJSON.encode(self) }
}
