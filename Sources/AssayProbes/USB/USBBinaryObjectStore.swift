package import AssayBytes

/// The binary object store of a device: what it can do beyond its descriptors (USB 3.2, 9.6.2).
package struct USBBinaryObjectStore: Sendable, Equatable {
    /// Values of bDevCapabilityType (USB 3.2, table 9-14).
    private enum Kind {
        static let containerID: UInt8 = 0x04
    }

    /// One device capability descriptor.
    package struct Capability: Sendable, Hashable {
        /// bDevCapabilityType.
        package var type: UInt8
        /// What follows it.
        package var bytes: [UInt8]
    }

    /// Length of the header.
    package static let headerLength = 5

    /// The capabilities in order.
    package var capabilities: [Capability] = []
    /// Where the store breaks off or contradicts itself.
    package var fault: ParseFailure?

    /// Reads `bytes`; what stands before a fault is kept beside it.
    package init(parsing bytes: RawSpan) throws(ParseFailure) {
        let total = try Self.totalLength(bytes)
        var reader = ByteReader(bytes, at: 4)
        let count = try reader.uint8("bNumDeviceCaps")
        do {
            try readCapabilities(&reader, count: count, total: total)
        } catch {
            fault = error
        }
    }

    /// wTotalLength of the store whose header stands at the start of `bytes`.
    package static func totalLength(_ bytes: RawSpan) throws(ParseFailure) -> Int {
        var reader = ByteReader(bytes)
        guard try reader.uint8("bos") == UInt8(headerLength) else { throw ParseFailure(.badLength, "bos", at: 0) }
        guard try reader.uint8("bos") == USBDescriptor.Kind.binaryObjectStore else {
            throw ParseFailure(.badMagic, "bos", at: 1)
        }
        return Int(try reader.uint16("wTotalLength of bos"))
    }

    /// UUID that says which physical device this is, the same over all its ports and modes (USB 3.2, 9.6.2.3).
    package var containerID: GUID? {
        guard let capability = capabilities.first(where: { $0.type == Kind.containerID }) else { return nil }
        var reader = ByteReader(capability.bytes.span.bytes, at: 1)
        return try? reader.guid("container id")
    }

    private mutating func readCapabilities(
        _ reader: inout ByteReader, count: UInt8, total: Int
    ) throws(ParseFailure) {
        for _ in 0..<count { try readCapability(&reader) }
        guard reader.offset == total else { throw ParseFailure(.badLength, "wTotalLength of bos", at: 2) }
    }

    private mutating func readCapability(_ reader: inout ByteReader) throws(ParseFailure) {
        let start = reader.offset
        let length = Int(try reader.uint8("bLength of capability"))
        guard length >= 3 else { throw ParseFailure(.badLength, "bLength of capability", at: start) }
        guard try reader.uint8("capability") == USBDescriptor.Kind.deviceCapability else {
            throw ParseFailure(.badMagic, "capability", at: start + 1)
        }
        let type = try reader.uint8("bDevCapabilityType")
        capabilities.append(Capability(type: type, bytes: try reader.bytes(length - 3, "capability")))
    }
}
