internal import AssayBytes
internal import AssayModel

/// The `caps` attribute of a TPM 1.2: maker, specification and firmware version
/// (Documentation/ABI/stable/sysfs-class-tpm).
struct TPMCapabilities: Sendable, Hashable {
    /// Maker code of four characters in the TCG's vendor registry: `IFX`.
    private(set) var manufacturer: String?
    /// Version of the specification: `1.2`.
    private(set) var specification: String?
    /// Version of the module's firmware.
    private(set) var firmwareVersion: String?

    /// Reads the lines that are there.
    init(parsing text: String) {
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            guard let value = DeviceText.normalize(String(line[line.index(after: colon)...])) else { continue }
            switch line[..<colon] {
            case "Manufacturer": manufacturer = Self.maker(value)
            case "TCG version": specification = value
            case "Firmware version": firmwareVersion = value
            default: break
            }
        }
    }

    /// Adds what was read to `tpm`.
    func fill(_ tpm: inout Component) {
        tpm.manufacturer = manufacturer
        tpm.firmwareVersion = firmwareVersion
        tpm.setProperty("specification", specification)
    }

    /// `0x49465800` is `IFX` in ASCII, padded with zero.
    private static func maker(_ value: String) -> String? {
        guard value.hasPrefix("0x"), let bytes = Hex.bytes(value.dropFirst(2)), bytes.count == 4 else { return value }
        guard bytes.allSatisfy({ $0 == 0 || (0x20...0x7e).contains($0) }) else { return value }
        return DeviceText.normalize(DeviceText.decode(bytes))
    }
}
