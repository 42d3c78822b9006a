internal import AssayBytes

/// A umockdev recording (`P:` path, `A:` attribute, `H:` binary attribute, `L:` link) laid out as a sysfs tree.
package enum UmockdevTree {
    /// The tree, with the links below `/sys/bus/usb/devices` and `/sys/bus/pci/devices` that a kernel would make.
    package static func make(_ recording: String) throws -> HostTree {
        let tree = try HostTree()
        for block in recording.split(separator: "\n\n") { try add(block, to: tree) }
        return tree
    }

    private static func add(_ block: Substring, to tree: HostTree) throws {
        let lines = block.split(separator: "\n").filter { $0.dropFirst().hasPrefix(": ") }
        guard let path = lines.first(where: { $0.hasPrefix("P: ") })?.dropFirst(3) else { return }
        let directory = "/sys" + path
        try tree.set(directory, .directory)
        for line in lines {
            let parts = line.dropFirst(3).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let name = directory + "/" + parts[0]
            switch line.prefix(1) {
            case "A":
                // Older recordings keep the line feed that sysfs appends, newer ones leave it out.
                let text = unescape(parts[1])
                try tree.set(name, .text(text.hasSuffix("\n") ? text : text + "\n"))
            case "H": try tree.set(name, .bytes(Hex.bytes(parts[1]) ?? []))
            case "L": try tree.set(name, .link(String(parts[1])))
            default: break
            }
        }
        for bus in ["usb", "pci"] where lines.contains("E: SUBSYSTEM=" + bus) {
            let name = path.split(separator: "/").last ?? ""
            try tree.set("/sys/bus/\(bus)/devices/\(name)", .link("../../.." + path))
        }
    }

    private static func unescape(_ text: Substring) -> String {
        var result = ""
        var isEscaped = false
        for character in text {
            switch (isEscaped, character) {
            case (false, "\\"): isEscaped = true
            case (true, "n"):
                result.append("\n")
                isEscaped = false
            default:
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }
}
