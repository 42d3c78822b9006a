/// What the device says of itself as a whole.
///
/// Evidence, never identity: identity is the device key.
public struct DeviceFacts: Sendable, Hashable, Codable {
    /// Fingerprint of the device key, present once the device is enrolled.
    public var id: String?
    /// Maker of the system.
    public var manufacturer: String?
    /// Model or product name.
    public var model: String?
    /// Hardware version.
    public var version: String?
    /// Serial number of the system.
    public var serial: String?
    /// System UUID in SMBIOS 3.7, 7.2.1 form.
    public var uuid: String?
    /// Stock keeping unit.
    public var sku: String?
    /// Product family.
    public var family: String?
    /// Maker of the base board.
    public var boardManufacturer: String?
    /// Model of the base board.
    public var boardModel: String?
    /// Device tree `compatible` strings, most specific first.
    public var compatible: [String]?
    /// Host name.
    public var hostname: String?
    /// Instruction set as `uname` spells it: `x86_64`, `aarch64`.
    public var architecture: String?
    /// Hypervisor that the device runs under, where it shows itself.
    public var hypervisor: String?
    /// Operating system as `/etc/os-release` names it.
    public var operatingSystem: OperatingSystem?

    /// Facts that later readings fill in.
    public init() {}

    /// Takes over what `other` knows and this value does not.
    public mutating func fill(from other: DeviceFacts) {
        id = id ?? other.id
        manufacturer = manufacturer ?? other.manufacturer
        model = model ?? other.model
        version = version ?? other.version
        serial = serial ?? other.serial
        uuid = uuid ?? other.uuid
        sku = sku ?? other.sku
        family = family ?? other.family
        boardManufacturer = boardManufacturer ?? other.boardManufacturer
        boardModel = boardModel ?? other.boardModel
        compatible = compatible ?? other.compatible
        hostname = hostname ?? other.hostname
        architecture = architecture ?? other.architecture
        hypervisor = hypervisor ?? other.hypervisor
        operatingSystem = operatingSystem ?? other.operatingSystem
    }
}

/// The operating system's own name and version (os-release(5)).
public struct OperatingSystem: Sendable, Hashable, Codable {
    /// `ID`, lower case: `debian`.
    public var id: String
    /// `ID_LIKE`, in order.
    public var idLike: [String]?
    /// `VERSION_ID`.
    public var versionID: String?
    /// `VERSION_CODENAME`.
    public var codename: String?
    /// `PRETTY_NAME`.
    public var prettyName: String?
    /// `VARIANT_ID`, `BUILD_ID` or `IMAGE_ID` and `IMAGE_VERSION` where given, by their os-release names.
    public var image: [String: String]?

    /// Names an operating system.
    public init(id: String) { self.id = id }
}
