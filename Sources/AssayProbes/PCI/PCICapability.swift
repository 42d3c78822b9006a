/// One entry of the capability list (PCI Local Bus 3.0, 6.7).
package struct PCICapability: Sendable, Hashable {
    /// Capability ids that are decoded here (PCI Code and ID Assignment, chapter 2).
    package enum Known {
        /// Vital Product Data.
        package static let vitalProductData: UInt8 = 0x03
        /// PCI-X.
        package static let pciX: UInt8 = 0x07
        /// Subsystem id and vendor id of a bridge.
        package static let subsystem: UInt8 = 0x0d
        /// PCI Express.
        package static let express: UInt8 = 0x10
    }

    /// Capability id.
    package var id: UInt8
    /// Offset in configuration space.
    package var offset: Int
}

/// One entry of the extended capability list (PCI Express Base 6.0, 7.6.3).
package struct PCIExtendedCapability: Sendable, Hashable {
    /// Id of the Device Serial Number capability.
    package static let deviceSerialNumber: UInt16 = 0x0003

    /// Extended capability id.
    package var id: UInt16
    /// Version of the structure.
    package var version: UInt8
    /// Offset in configuration space, 0x100 or more.
    package var offset: Int
}
