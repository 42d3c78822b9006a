/// The one answer to "is this part, or this machine, virtual?".
///
/// A device that is handed through and an emulation that lies are not recognised: the answer is "known to be virtual" or
/// "nothing known", never "real".
enum VirtualHardware {
    /// Whose sign is shown; nil when nothing is known.
    ///
    /// Letter case and a `0x` before a PCI id do not count.
    static func owner(_ shown: [VirtualSign.Fact: String?]) -> String? {
        var texts: [VirtualSign.Fact: String] = [:]
        for (fact, text) in shown {
            guard let text = text?.lowercased() else { continue }
            texts[fact] = text.hasPrefix("0x") ? String(text.dropFirst(2)) : text
        }
        return signs.first { $0.fits(texts) }?.owner
    }

    /// Whether any sign is shown.
    static func isKnown(_ shown: [VirtualSign.Fact: String?]) -> Bool { owner(shown) != nil }

    /// Whether a PCI function is a hypervisor's: its own id, or a copied chip with a hypervisor's subsystem id.
    static func isKnown(pciVendor vendor: String?, device: String?, subsystemVendor: String?) -> Bool {
        let function: String? = if let vendor, let device { "\(vendor):\(device)" } else { nil }
        return isKnown([.pciVendor: vendor, .pciFunction: function, .pciSubsystemVendor: subsystemVendor])
    }
}
