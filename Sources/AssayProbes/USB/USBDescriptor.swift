/// A descriptor that is kept as it came: class-specific, vendor-specific, or unknown to this parser.
package struct USBDescriptor: Sendable, Hashable {
    /// Values of bDescriptorType (USB 2.0, table 9-5; USB 3.2, table 9-6).
    package enum Kind {
        /// DEVICE.
        package static let device: UInt8 = 0x01
        /// CONFIGURATION.
        package static let configuration: UInt8 = 0x02
        /// STRING.
        package static let string: UInt8 = 0x03
        /// INTERFACE.
        package static let interface: UInt8 = 0x04
        /// ENDPOINT.
        package static let endpoint: UInt8 = 0x05
        /// BOS.
        package static let binaryObjectStore: UInt8 = 0x0f
        /// DEVICE CAPABILITY.
        package static let deviceCapability: UInt8 = 0x10
        /// HID (Device Class Definition for HID 1.11, 7.1).
        package static let humanInterface: UInt8 = 0x21
    }

    /// bDescriptorType.
    package var type: UInt8
    /// All bytes, bLength first.
    package var bytes: [UInt8]
}
