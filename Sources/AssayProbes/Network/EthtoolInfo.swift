internal import AssayBytes
internal import CLinux

/// What a network driver answers on the ethtool interface of the running kernel.
struct EthtoolInfo: Sendable, Hashable {
    /// Name of the driver.
    var driver: String?
    /// Version of the adapter's firmware.
    var firmware: String?
    /// Hardware address that the adapter came with, colon-separated; nil when the driver states none.
    var permanentAddress: String?

    /// Asks the kernel about the interface called `name`; nil when it answers neither question.
    init?(interface name: String) {
        var info = assay_driver_info()
        var address = [UInt8](repeating: 0, count: 64)
        let answered = assay_ethtool_driver_info(name, &info) == 0
        let length = assay_ethtool_permanent_address(name, &address, UInt32(address.count))
        guard answered || length > 0 else { return nil }
        driver = Self.stated(withUnsafeBytes(of: &info.driver) { DeviceText.decode($0) })
        firmware = Self.stated(withUnsafeBytes(of: &info.firmware) { DeviceText.decode($0) })
        permanentAddress = Self.address(address.prefix(max(0, Int(length))))
    }

    /// Text of an address; nil when it is empty or nothing but zeros or ones.
    static func address(_ bytes: some Collection<UInt8>) -> String? {
        guard bytes.contains(where: { $0 != 0 }), bytes.contains(where: { $0 != 0xff }) else { return nil }
        return bytes.map { Hex.string($0) }.joined(separator: ":")
    }

    /// The text, unless it is one of the words that drivers print for "none".
    static func stated(_ text: String) -> String? {
        guard let value = DeviceText.normalize(text) else { return nil }
        return ["n/a", "n.a.", "na", "none", "unknown", "not available"].contains(value.lowercased()) ? nil : text
    }
}
