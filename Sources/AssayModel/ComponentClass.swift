/// What kind of part a component is; an open set whose known members are listed here.
public struct ComponentClass: Sendable, Hashable, Codable, Comparable, RawRepresentable, ExpressibleByStringLiteral {
    /// The lower-case name that stands in JSON.
    public let rawValue: String

    /// Wraps a name; unknown names are kept, so that a newer report stays readable.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Wraps a literal name.
    public init(stringLiteral value: String) { rawValue = value }

    /// Orders classes by name.
    public static func < (left: ComponentClass, right: ComponentClass) -> Bool { left.rawValue < right.rawValue }

    /// Reads the name.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

extension ComponentClass {
    /// The whole system (SMBIOS type 1, or the device tree's root).
    public static let system: ComponentClass = "system"
    /// A base board or module (SMBIOS type 2).
    public static let baseboard: ComponentClass = "baseboard"
    /// An enclosure (SMBIOS type 3).
    public static let chassis: ComponentClass = "chassis"
    /// A processor package.
    public static let processor: ComponentClass = "processor"
    /// A processor cache (SMBIOS type 7).
    public static let cache: ComponentClass = "cache"
    /// A set of memory sockets (SMBIOS type 16).
    public static let memoryArray: ComponentClass = "memory-array"
    /// A memory module or soldered memory device (SMBIOS type 17).
    public static let memory: ComponentClass = "memory"
    /// A connector (SMBIOS type 8).
    public static let port: ComponentClass = "port"
    /// An expansion slot (SMBIOS type 9).
    public static let slot: ComponentClass = "slot"
    /// A device that the firmware says is soldered on (SMBIOS type 41).
    public static let onboard: ComponentClass = "onboard"
    /// A system on chip.
    public static let soc: ComponentClass = "soc"
    /// A PCI function.
    public static let pci: ComponentClass = "pci"
    /// A USB device.
    public static let usb: ComponentClass = "usb"
    /// A drive, card or flash device.
    public static let storage: ComponentClass = "storage"
    /// A network interface.
    public static let network: ComponentClass = "network"
    /// A trusted platform module.
    public static let tpm: ComponentClass = "tpm"
    /// A battery (SMBIOS type 22 or power_supply).
    public static let battery: ComponentClass = "battery"
    /// A power supply (SMBIOS type 39 or power_supply).
    public static let powerSupply: ComponentClass = "power-supply"
    /// A management controller (SMBIOS type 38).
    public static let managementController: ComponentClass = "management-controller"
    /// A sensor or cooling device (SMBIOS types 27 and 28).
    public static let sensor: ComponentClass = "sensor"
    /// A structure kept with its digest because its meaning is the vendor's own, or is not interpreted.
    public static let vendorSpecific: ComponentClass = "vendor-specific"
    /// A firmware image or version.
    public static let firmware: ComponentClass = "firmware"
}
