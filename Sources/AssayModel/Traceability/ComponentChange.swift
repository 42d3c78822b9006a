/// One change of a delta: a part that came, went or became another.
///
/// In JSON the fields of ``component`` stand beside the others.
public struct ComponentChange: Sendable, Hashable, Codable {
    /// What happened to the part, in the words of the TCG platform certificate profile (attribute status).
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        case added, modified, removed
    }

    /// What happened.
    public var status: Status
    /// The part as it is after the change, or as it was for one that was removed.
    public var component: BuiltComponent

    /// Describes a change.
    public init(_ status: Status, _ component: BuiltComponent) {
        self.status = status
        self.component = component
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case status }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(
            known: BuiltComponent.fieldNames.union(CodingKeys.allCases.map(\.rawValue)))
        status = try decoder.container(keyedBy: CodingKeys.self).decode(Status.self, forKey: .status)
        component = try BuiltComponent(fieldsFrom: decoder)
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(status, forKey: .status)
        try component.encode(to: encoder)
    }
}
