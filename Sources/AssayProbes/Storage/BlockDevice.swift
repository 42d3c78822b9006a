internal import AssayModel

/// A block device by its name and its sysfs path.
struct BlockDevice: Sendable, Hashable {
    /// Name that the kernel gave it: `sda`, `nvme0n1`.
    var name: String
    /// Path of its directory.
    var path: String

    /// Whether the name is `prefix` followed by letters, as whole disks are named.
    func isLettered(_ prefix: String) -> Bool {
        let letters = name.dropFirst(prefix.count)
        return name.hasPrefix(prefix) && !letters.isEmpty && letters.utf8.allSatisfy { (0x61...0x7a).contains($0) }
    }

    /// Every block device, partitions included; recorded trees may list a disk in one folder of the two alone.
    static func all(with reader: inout SysfsReader) -> [BlockDevice] {
        let disks = reader.devices("/sys/block")
        let others = Set(reader.devices("/sys/class/block")).subtracting(disks)
        return disks.map { BlockDevice(name: $0, path: "/sys/block/" + $0) }
            + others.sorted(by: SysfsReader.inNaturalOrder).map {
                BlockDevice(name: $0, path: "/sys/class/block/" + $0)
            }
    }
}

extension SysfsReader {
    /// Adds what the block layer knows of the device at `path`: size in bytes, whether it is removable or rotates.
    mutating func addBlockFacts(_ path: String, to component: inout Component) {
        // The block layer counts in 512 bytes whatever the device's own sector size is.
        if let sectors = number(path + "/size") { component.properties["size"] = String(sectors &* 512) }
        if let removable = number(path + "/removable") { component.properties["removable"] = String(removable != 0) }
        if let rotational = number(path + "/queue/rotational") {
            component.properties["rotational"] = String(rotational != 0)
        }
    }
}
