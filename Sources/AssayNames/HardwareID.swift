package import AssayModel

/// The numbers under which the lists of the PCI ID and USB ID projects name a part.
package struct HardwareID: Sendable, Hashable {
    /// Which list names it.
    package enum Bus: Sendable, Hashable, CaseIterable {
        /// `pci.ids`.
        case pci
        /// `usb.ids`.
        case usb
    }

    /// Which list names it.
    package let bus: Bus
    /// The maker's number.
    package let vendor: UInt16
    /// The product's number.
    package let device: UInt16

    /// Names a part by its numbers.
    package init(_ bus: Bus, vendor: UInt16, device: UInt16) {
        self.bus = bus
        self.vendor = vendor
        self.device = device
    }

    /// The numbers of a PCI function or USB device; nil for any other part and for one that does not state them.
    package init?(_ part: Component) {
        guard let bus = Bus(part.componentClass), let vendor = part.ids["vendor"].flatMap(Self.number),
            let device = part.ids["device"].flatMap(Self.number)
        else { return nil }
        self.init(bus, vendor: vendor, device: device)
    }

    /// The numbers that a sentence about a part begins with, as outcomes and findings state a part without a name:
    /// `8086:1533`.
    package init?(_ componentClass: ComponentClass, startOf sentence: String) {
        guard let bus = Bus(componentClass) else { return nil }
        let parts = sentence.prefix { $0 != " " }.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let vendor = Self.number(parts[0]), let device = Self.number(parts[1]) else {
            return nil
        }
        self.init(bus, vendor: vendor, device: device)
    }

    private static func number(_ text: some StringProtocol) -> UInt16? {
        text.utf8.count == 4 ? UInt16(text, radix: 16) : nil
    }
}

extension HardwareID.Bus {
    fileprivate init?(_ componentClass: ComponentClass) {
        switch componentClass {
        case .pci: self = .pci
        case .usb: self = .usb
        default: return nil
        }
    }
}
