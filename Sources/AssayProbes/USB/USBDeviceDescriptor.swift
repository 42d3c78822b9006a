package import AssayBytes

/// The device descriptor (USB 2.0, 9.6.1).
package struct USBDeviceDescriptor: Sendable, Hashable {
    /// Length that the standard gives it.
    package static let length = 18
    /// Offset of bcdDevice.
    package static let deviceVersionOffset = 12

    /// bcdUSB.
    package var usbVersion: UInt16
    /// bDeviceClass, bDeviceSubClass, bDeviceProtocol.
    package var classCode: USBClassCode
    /// bMaxPacketSize0.
    package var maxPacketSize0: UInt8
    /// idVendor.
    package var vendor: UInt16
    /// idProduct.
    package var product: UInt16
    /// bcdDevice.
    package var deviceVersion: UInt16
    /// iManufacturer.
    package var manufacturerIndex: UInt8
    /// iProduct.
    package var productIndex: UInt8
    /// iSerialNumber.
    package var serialIndex: UInt8
    /// bNumConfigurations.
    package var configurationCount: UInt8

    /// Reads the descriptor at the start of `bytes`.
    package init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        guard try reader.uint8("device descriptor") == UInt8(Self.length) else {
            throw ParseFailure(.badLength, "device descriptor", at: 0)
        }
        guard try reader.uint8("device descriptor") == USBDescriptor.Kind.device else {
            throw ParseFailure(.badMagic, "device descriptor", at: 1)
        }
        usbVersion = try reader.uint16("bcdUSB")
        classCode = USBClassCode(try reader.uint8(), try reader.uint8(), try reader.uint8())
        maxPacketSize0 = try reader.uint8("bMaxPacketSize0")
        vendor = try reader.uint16("idVendor")
        product = try reader.uint16("idProduct")
        deviceVersion = try reader.uint16("bcdDevice")
        manufacturerIndex = try reader.uint8("iManufacturer")
        productIndex = try reader.uint8("iProduct")
        serialIndex = try reader.uint8("iSerialNumber")
        configurationCount = try reader.uint8("bNumConfigurations")
    }
}
