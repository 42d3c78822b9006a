internal import AssayBytes

/// Class, subclass and protocol of a device or an interface (USB Defined Class Codes).
package struct USBClassCode: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Base class of hubs.
    static let hub: UInt8 = 0x09
    /// Base class of human interface devices.
    static let humanInterface: UInt8 = 0x03

    /// Base class.
    package var base: UInt8
    /// Subclass.
    package var subclass: UInt8
    /// Protocol.
    package var `protocol`: UInt8

    /// Names the three codes.
    package init(_ base: UInt8, _ subclass: UInt8, _ protocol: UInt8) {
        self.base = base
        self.subclass = subclass
        self.protocol = `protocol`
    }

    /// Two digits for each code: `03:01:01`.
    package var description: String { [base, subclass, `protocol`].map { Hex.string($0) }.joined(separator: ":") }
    /// Six digits: `030101`.
    package var hex: String { Hex.string([base, subclass, `protocol`]) }

    /// The code without what a hub changes with its speed: 0 at full speed, 1 or 2 at high speed by its translators
    /// (USB 2.0, 11.23.1).
    var withoutHubProtocol: USBClassCode { base == Self.hub ? USBClassCode(base, subclass, 0) : self }

    /// Orders by base class, subclass, protocol.
    package static func < (left: USBClassCode, right: USBClassCode) -> Bool {
        (left.base, left.subclass, left.protocol) < (right.base, right.subclass, right.protocol)
    }
}
