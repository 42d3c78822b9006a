internal import AssayModel

/// A memory module in the firmware's table (SMBIOS type 17) and on its own identification chip (SPD).
enum MemoryViews: ViewPair {
    static let partClass = ComponentClass.memory
    static let prefix = "spd"

    static func isPart(_ component: Component) -> Bool {
        component.componentClass == .memory && component.properties["populated"] != "false"
    }

    static func isView(_ component: Component) -> Bool { component.componentClass == "memory-spd" }

    /// The serial number, where it is the four bytes of an SPD in hexadecimal; firmware that writes a text of its own
    /// there states nothing to compare.
    ///
    /// Some firmware prints the bytes in the other order; both give the same name.
    static func name(of component: Component) -> String? {
        guard let serial = component.serial, serial.utf8.count == 8, let number = UInt32(serial, radix: 16),
            number != 0,
            number != .max
        else { return nil }
        return String(min(number, number.byteSwapped), radix: 16)
    }

    static func agree(_ part: Component, _ view: Component) -> Bool {
        if let own = name(of: part), let other = name(of: view), own != other { return false }
        guard let own = part.partNumber?.lowercased(), let other = view.partNumber?.lowercased() else { return true }
        return own == other
    }
}
