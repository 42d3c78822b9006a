/// A configuration descriptor with everything below it (USB 2.0, 9.6.3).
package struct USBConfiguration: Sendable, Hashable {
    /// bConfigurationValue.
    package var value: UInt8
    /// wTotalLength.
    package var totalLength: UInt16
    /// bNumInterfaces.
    package var interfaceCount: UInt8
    /// bmAttributes.
    package var attributes: UInt8
    /// bMaxPower, in 2 mA, or in 8 mA for a device at SuperSpeed.
    package var maxPower: UInt8
    /// Interface descriptors in order, one for each alternate setting.
    package var interfaces: [USBInterface] = []
    /// Descriptors before the first interface: interface associations and class-specific ones.
    package var other: [USBDescriptor] = []
}

/// An interface descriptor with its endpoints (USB 2.0, 9.6.5).
package struct USBInterface: Sendable, Hashable {
    /// bInterfaceNumber.
    package var number: UInt8
    /// bAlternateSetting.
    package var alternate: UInt8
    /// bNumEndpoints.
    package var endpointCount: UInt8
    /// bInterfaceClass, bInterfaceSubClass, bInterfaceProtocol.
    package var classCode: USBClassCode
    /// Endpoints in order.
    package var endpoints: [USBEndpoint] = []
    /// Class-specific descriptors between the interface and its endpoints.
    package var other: [USBDescriptor] = []
}

/// An endpoint descriptor (USB 2.0, 9.6.6).
package struct USBEndpoint: Sendable, Hashable {
    /// bEndpointAddress: number and direction.
    package var address: UInt8
    /// bmAttributes.
    package var attributes: UInt8
    /// wMaxPacketSize.
    package var maxPacketSize: UInt16
    /// bInterval.
    package var interval: UInt8
    /// SuperSpeed companions and class-specific descriptors.
    package var other: [USBDescriptor] = []

    /// Transfer type: 0 control, 1 isochronous, 2 bulk, 3 interrupt.
    package var transferType: UInt8 { attributes & 0x03 }
}
