/// A canonical sysfs device path read as a chain of buses.
///
/// `/sys/devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4:1.0/host6/target6:0:0/6:0:0:0/block/sdb` hangs on USB device 1-4,
/// which hangs on PCI function 0000:00:14.0.
package struct DevicePath: Sendable, Hashable {
    /// Path components below `/sys/devices`.
    package let components: [String]

    /// Reads a canonical path; nil when it does not lie below `/sys/devices`.
    package init?(_ canonicalPath: String) {
        let parts = canonicalPath.split(separator: "/").map(String.init)
        guard parts.count > 2, parts[0] == "sys", parts[1] == "devices" else { return nil }
        components = Array(parts[2...])
    }

    /// Whether no hardware stands behind it.
    package var isVirtual: Bool { components.first == "virtual" }

    /// Location of the nearest device with a stable name; nil when it is virtual.
    ///
    /// `usb/1-4` and `pci/0000:00:14.0` as other probes report them, `vmbus/<guid>`, `platform/fe340000.mmc`,
    /// `platform/80860F14:00` (ACPI), or the first names of the path where nothing of these is on it.
    package var location: String? {
        guard !isVirtual else { return nil }
        for name in components.reversed() {
            if Self.isPCIFunction(name) { return "pci/" + name }
            if Self.isUSBDevice(name) { return "usb/" + name }
            if Self.isVMBusChannel(name) { return "vmbus/" + name }
            if Self.isPlatformDevice(name) { return "platform/" + name }
        }
        return components.prefix(2).joined(separator: "/")
    }

    /// Location of the USB device on the way.
    package var usbLocation: String? { components.last(where: Self.isUSBDevice).map { "usb/" + $0 } }

    /// Location of the nearest PCI function on the way.
    package var pciLocation: String? { components.last(where: Self.isPCIFunction).map { "pci/" + $0 } }

    /// Whether it lies below the canonical path `directory`.
    package func isBelow(_ directory: String) -> Bool {
        ("/sys/devices/" + components.joined(separator: "/")).hasPrefix(directory + "/")
    }

    /// Path of the directory that ends with the last component for which `isWanted` holds.
    package func directory(endingAt isWanted: (String) -> Bool) -> String? {
        guard let index = components.lastIndex(where: isWanted) else { return nil }
        return "/sys/devices/" + components[...index].joined(separator: "/")
    }

    /// Whether `name` is a PCI address: `0000:03:00.0`, or with a longer domain `10000:e1:00.0`.
    package static func isPCIFunction(_ name: String) -> Bool {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count >= 4, parts[1].utf8.count == 2 else { return false }
        let slot = parts[2].split(separator: ".", omittingEmptySubsequences: false)
        guard slot.count == 2, slot[0].utf8.count == 2, slot[1].utf8.count == 1 else { return false }
        return (parts[0...1] + slot).allSatisfy { $0.utf8.allSatisfy(isHexDigit) }
    }

    /// Whether `name` is a USB device (`1-4.2`) rather than an interface (`1-4.2:1.0`) or a root hub (`usb1`).
    package static func isUSBDevice(_ name: String) -> Bool {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        let numbers = parts[..<1] + parts[1].split(separator: ".", omittingEmptySubsequences: false)
        // Buses and ports count from 1; I²C clients (`1-0050`) have leading zeros.
        return numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isDigit) && $0.utf8.first != 0x30 }
    }

    /// Whether `name` is `prefix` followed by decimal digits and nothing else.
    package static func isNumbered(_ name: some StringProtocol, _ prefix: String) -> Bool {
        let digits = name.dropFirst(prefix.count)
        return name.hasPrefix(prefix) && !digits.isEmpty && digits.utf8.allSatisfy(isDigit)
    }

    /// A name with the address before a dot (`fe340000.mmc`), or an ACPI id with its instance (`80860F14:00`).
    private static func isPlatformDevice(_ name: String) -> Bool {
        if let dot = name.firstIndex(of: "."), dot != name.startIndex {
            return name[..<dot].utf8.allSatisfy(isHexDigit) && name[dot...].utf8.count > 1
        }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (7...8).contains(parts[0].utf8.count), parts[1].utf8.count == 2 else { return false }
        return parts[1].utf8.allSatisfy(isHexDigit) && parts[0].utf8.allSatisfy { isDigit($0) || isUpperCase($0) }
            && parts[0].utf8.contains(where: isDigit)
    }

    /// A Hyper-V channel is named by its GUID.
    private static func isVMBusChannel(_ name: String) -> Bool {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.utf8.allSatisfy(isHexDigit) }
    }

    private static func isUpperCase(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }
}
