/// Something that occurs once in the world, as one device shows it: a part's serial number, an address, a machine's number.
public struct FleetIdentity: Sendable, Hashable, Codable {
    /// What is identified.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A part by class, maker, product and serial number.
        case part
        /// A network interface by the address that it was made with.
        case address
        /// A trusted platform module by the digest of its endorsement key.
        case endorsementKey = "endorsement-key"
        /// A machine by maker, model and serial number.
        case machineSerial = "machine-serial"
        /// A machine by its UUID.
        case machineUUID = "machine-uuid"

        /// Whether this names the machine as a whole and not a part that can be taken out of it.
        public var isOfMachine: Bool { self == .machineSerial || self == .machineUUID }
    }

    /// What is identified.
    public var kind: Kind
    /// Normalised text; equal kinds and values are one identity.
    public var value: String
    /// Class of the part.
    public var componentClass: ComponentClass
    /// Serial number or address in the form under which an operator names the part.
    public var serial: String
    /// The part in words.
    public var label: String
    /// Where it is in the device.
    public var location: String

    /// Describes an identity.
    public init(
        _ kind: Kind, value: String, componentClass: ComponentClass, serial: String, label: String, location: String
    ) {
        self.kind = kind
        self.value = value
        self.componentClass = componentClass
        self.serial = serial
        self.label = label
        self.location = location
    }

    private enum CodingKeys: String, CodingKey {
        case kind, value
        case componentClass = "class"
        case serial, label, location
    }

    /// Kind and value: what is the same wherever it is seen.
    public var key: String { kind.rawValue + "\u{1f}" + value }

    /// Names a set of identities, in any order.
    public static func digest(of identities: [FleetIdentity]) -> ContentDigest {
        .sha256(of: identities.map(\.key).sorted().joined(separator: "\u{0}").utf8)
    }
}
