/// A kind of part that nothing expects, as one device shows it: what is the same wherever such a part appears.
public struct PartKind: Sendable, Hashable, Codable {
    /// Class, numeric identities and model in one text; equal keys are one kind.
    public var key: String
    /// Class of the part.
    public var componentClass: ComponentClass
    /// The kind in words.
    public var label: String
    /// Where the device shows it.
    public var location: String
    /// Whether the device's inventory before the last change did not show it; nil when there was none.
    public var isNew: Bool?

    /// Describes a kind.
    public init(key: String, componentClass: ComponentClass, label: String, location: String, isNew: Bool?) {
        self.key = key
        self.componentClass = componentClass
        self.label = label
        self.location = location
        self.isNew = isNew
    }

    private enum CodingKeys: String, CodingKey {
        case key
        case componentClass = "class"
        case label, location, isNew
    }
}

/// How far a kind of part has spread over the devices of a model.
public struct PopulationState: Sendable, Hashable {
    /// The model, as waivers and counts name it.
    public var model: String
    /// Key of the kind.
    public var key: String
    /// Class of the part.
    public var componentClass: ComponentClass
    /// The kind in words.
    public var label: String
    /// Devices of the model that show it now.
    public var showing: Int
    /// Devices of the model.
    public var devices: Int
    /// When the first device of the model showed it.
    public var since: Timestamp
    /// When the first device of the model was there.
    public var modelSince: Timestamp
    /// Whether the change is an open finding already.
    public var isOpen: Bool
    /// Some of the devices that show it.
    public var examples: [ContentDigest]

    /// Describes a state.
    public init(
        model: String, key: String, componentClass: ComponentClass, label: String, showing: Int, devices: Int,
        since: Timestamp, modelSince: Timestamp, isOpen: Bool, examples: [ContentDigest]
    ) {
        self.model = model
        self.key = key
        self.componentClass = componentClass
        self.label = label
        self.showing = showing
        self.devices = devices
        self.since = since
        self.modelSince = modelSince
        self.isOpen = isOpen
        self.examples = examples
    }
}
