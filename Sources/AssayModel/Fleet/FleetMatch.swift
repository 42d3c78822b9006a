/// The time that an identity spent in one device.
public struct FleetStay: Sendable, Hashable, Codable {
    /// The device.
    public var device: ContentDigest
    /// Where the part was in it.
    public var location: String
    /// Arrival of the first report that showed it.
    public var firstSeen: Timestamp
    /// Arrival of the first report without it; nil while it is there.
    public var leftAt: Timestamp?

    /// Describes a stay.
    public init(device: ContentDigest, location: String, firstSeen: Timestamp, leftAt: Timestamp? = nil) {
        self.device = device
        self.location = location
        self.firstSeen = firstSeen
        self.leftAt = leftAt
    }
}

/// What an operator said of a part wherever it is seen.
public struct PartMark: Sendable, Hashable, Codable {
    /// The words.
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        /// Taken out of use; it must not come back.
        case retired
        /// Lost to a thief.
        case stolen
        /// Free again; takes an earlier word back.
        case cleared
    }

    /// The word.
    public var status: Status
    /// Serial number or address, folded as in an identity.
    public var serial: String
    /// Class of the part; nil for any.
    public var componentClass: ComponentClass?
    /// Why.
    public var reason: String
    /// Who said so.
    public var actor: String
    /// When.
    public var at: Timestamp

    /// Describes a mark.
    public init(
        _ status: Status, serial: String, componentClass: ComponentClass?, reason: String, actor: String,
        at: Timestamp
    ) {
        self.status = status
        self.serial = serial
        self.componentClass = componentClass
        self.reason = reason
        self.actor = actor
        self.at = at
    }

    private enum CodingKeys: String, CodingKey {
        case status, serial
        case componentClass = "class"
        case reason, actor, at
    }
}

/// An identity of a device that is known from elsewhere too.
public struct FleetMatch: Sendable, Hashable, Codable {
    /// The identity.
    public var identity: FleetIdentity
    /// The stay in the device that is judged.
    public var own: FleetStay
    /// Number of devices that show it now.
    public var holders: Int
    /// Stays in other devices, those that last first; a bounded number of each.
    public var others: [FleetStay]
    /// What an operator said of it last; nil when nobody did.
    public var mark: PartMark?

    /// Describes a match.
    public init(
        identity: FleetIdentity, own: FleetStay, holders: Int, others: [FleetStay] = [], mark: PartMark? = nil
    ) {
        self.identity = identity
        self.own = own
        self.holders = holders
        self.others = others
        self.mark = mark
    }
}
