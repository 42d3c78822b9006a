package import AssayBytes

/// The descriptors of a device, as sysfs and usbfs give them: the device descriptor, then each configuration with all
/// that belongs to it (USB 2.0, 9.6; USB 3.2, 9.6).
///
/// A set that breaks off keeps what stands before the break, beside ``fault``.
package struct USBDescriptorSet: Sendable, Equatable {
    /// Most bytes that are looked at: one configuration can have no more (wTotalLength has 16 bits).
    package static let byteLimit = 1 << 16
    /// Most descriptors that are kept.
    package static let descriptorLimit = 4096

    /// The device descriptor.
    package var device: USBDeviceDescriptor
    /// The configurations in order.
    package var configurations: [USBConfiguration] = []
    /// Where the set breaks off or contradicts itself.
    package var fault: ParseFailure?

    /// Reads `bytes`; without a device descriptor there is nothing to keep.
    package init(parsing bytes: RawSpan) throws(ParseFailure) {
        device = try USBDeviceDescriptor(parsing: bytes)
        var reader = ByteReader(bytes, at: USBDeviceDescriptor.length)
        do {
            try readConfigurations(&reader)
        } catch {
            fault = error
        }
    }

    /// Every interface of every configuration, alternate settings included.
    package var interfaces: [USBInterface] { configurations.flatMap(\.interfaces) }

    /// Class codes of the interfaces, sorted: one for each interface number and code, so that a device with two
    /// keyboards shows two, and one with ten settings of the same stream shows one.
    package var interfaceClasses: [USBClassCode] {
        configurations.flatMap { configuration in
            Set(configuration.interfaces.map { NumberedClass(number: $0.number, code: $0.classCode) }).map(\.code)
        }.sorted()
    }
}

/// One function of a device.
private struct NumberedClass: Hashable {
    var number: UInt8
    var code: USBClassCode
}

extension USBDescriptorSet {
    private mutating func readConfigurations(_ reader: inout ByteReader) throws(ParseFailure) {
        var count = 0
        var end = reader.offset
        while !reader.isAtEnd {
            let start = reader.offset
            let descriptor = try Self.next(&reader)
            count += 1
            guard count <= Self.descriptorLimit else {
                throw ParseFailure(.tooLarge, "number of descriptors", at: start)
            }
            if descriptor.type == USBDescriptor.Kind.configuration {
                try checkEnd(end, at: start)
                let configuration = try USBConfiguration(descriptor, at: start)
                end = start + Int(configuration.totalLength)
                configurations.append(configuration)
            } else {
                try add(descriptor, at: start)
            }
        }
        try checkEnd(end, at: reader.offset)
        guard configurations.count == Int(device.configurationCount) else {
            throw ParseFailure(.badValue, "bNumConfigurations", at: USBDeviceDescriptor.length - 1)
        }
    }

    private func checkEnd(_ end: Int, at offset: Int) throws(ParseFailure) {
        guard end == offset else {
            throw ParseFailure(end > offset ? .truncated : .badLength, "wTotalLength of configuration", at: offset)
        }
    }

    private static func next(_ reader: inout ByteReader) throws(ParseFailure) -> USBDescriptor {
        let start = reader.offset
        let length = try reader.uint8("bLength")
        // A length below 2 would not even hold itself and the type, and never move on.
        guard length >= 2 else { throw ParseFailure(.badLength, "bLength", at: start) }
        try reader.seek(to: start)
        let bytes = try reader.bytes(Int(length), "descriptor")
        return USBDescriptor(type: bytes[1], bytes: bytes)
    }

    private mutating func add(_ descriptor: USBDescriptor, at offset: Int) throws(ParseFailure) {
        guard let last = configurations.indices.last else {
            throw ParseFailure(.badValue, "descriptor outside of a configuration", at: offset)
        }
        try configurations[last].add(descriptor, at: offset)
    }
}

extension USBConfiguration {
    fileprivate init(_ descriptor: USBDescriptor, at offset: Int) throws(ParseFailure) {
        self = try descriptor.read(at: offset) { reader throws(ParseFailure) in
            let totalLength = try reader.uint16("wTotalLength")
            let interfaceCount = try reader.uint8("bNumInterfaces")
            let value = try reader.uint8("bConfigurationValue")
            try reader.skip(1, "iConfiguration")
            return USBConfiguration(
                value: value, totalLength: totalLength, interfaceCount: interfaceCount,
                attributes: try reader.uint8("bmAttributes"), maxPower: try reader.uint8("bMaxPower"))
        }
    }

    fileprivate mutating func add(_ descriptor: USBDescriptor, at offset: Int) throws(ParseFailure) {
        if descriptor.type == USBDescriptor.Kind.interface {
            interfaces.append(try USBInterface(descriptor, at: offset))
        } else if let last = interfaces.indices.last {
            try interfaces[last].add(descriptor, at: offset)
        } else {
            other.append(descriptor)
        }
    }
}

extension USBInterface {
    fileprivate init(_ descriptor: USBDescriptor, at offset: Int) throws(ParseFailure) {
        self = try descriptor.read(at: offset) { reader throws(ParseFailure) in
            USBInterface(
                number: try reader.uint8("bInterfaceNumber"), alternate: try reader.uint8("bAlternateSetting"),
                endpointCount: try reader.uint8("bNumEndpoints"),
                classCode: USBClassCode(
                    try reader.uint8("bInterfaceClass"), try reader.uint8("bInterfaceSubClass"),
                    try reader.uint8("bInterfaceProtocol")))
        }
    }

    fileprivate mutating func add(_ descriptor: USBDescriptor, at offset: Int) throws(ParseFailure) {
        if descriptor.type == USBDescriptor.Kind.endpoint {
            endpoints.append(try USBEndpoint(descriptor, at: offset))
        } else if let last = endpoints.indices.last {
            endpoints[last].other.append(descriptor)
        } else {
            other.append(descriptor)
        }
    }
}

extension USBEndpoint {
    fileprivate init(_ descriptor: USBDescriptor, at offset: Int) throws(ParseFailure) {
        self = try descriptor.read(at: offset) { reader throws(ParseFailure) in
            USBEndpoint(
                address: try reader.uint8("bEndpointAddress"), attributes: try reader.uint8("bmAttributes"),
                maxPacketSize: try reader.uint16("wMaxPacketSize"), interval: try reader.uint8("bInterval"))
        }
    }
}

extension USBDescriptor {
    /// Reads the fields behind length and type; a descriptor that is too short for them has a bad length at its place.
    fileprivate func read<T>(
        at offset: Int, _ body: (inout ByteReader) throws(ParseFailure) -> T
    ) throws(ParseFailure) -> T {
        do {
            var reader = ByteReader(bytes.span.bytes, at: 2)
            return try body(&reader)
        } catch {
            throw ParseFailure(.badLength, error.what, at: offset)
        }
    }
}
