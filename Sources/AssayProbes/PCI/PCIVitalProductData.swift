package import AssayBytes

/// Vital Product Data: what the maker of a card wrote into it (PCI Local Bus 3.0, appendix I).
package struct PCIVitalProductData: Sendable, Equatable {
    /// What the RV keyword says of the read-only part.
    package enum Checksum: String, Sendable, Hashable {
        /// The bytes up to it add up to zero.
        case valid
        /// They do not.
        case invalid
        /// There is none.
        case absent
    }

    /// One keyword with its data.
    package struct Field: Sendable, Hashable {
        /// Two characters: `PN`, `SN`, `V1`, `YA`.
        package var keyword: String
        /// The data.
        package var bytes: [UInt8]
    }

    /// Resource tags (appendix I, table I-1).
    private enum Tag {
        static let end: UInt8 = 0x0f
        static let identifier: UInt8 = 0x82
        static let readOnly: UInt8 = 0x90
        static let readWrite: UInt8 = 0x91
    }

    /// Most bytes that the 15-bit address of the VPD capability reaches.
    package static let limit = 32768
    /// Most fields that are kept.
    package static let fieldLimit = 128

    /// Identifier string: the product name.
    package var identifier: [UInt8]?
    /// Keywords of VPD-R, without RV.
    package var readOnly: [Field] = []
    /// Keywords of VPD-W, without RW.
    package var readWrite: [Field] = []
    /// Whether the checksum over the read-only part holds.
    package var checksum = Checksum.absent
    /// Where reading stopped before the end tag, and why.
    package var fault: ParseFailure?

    /// Reads `bytes`; what stands before a fault is kept beside it, and bytes that begin with no resource at all are
    /// refused.
    package init(parsing bytes: RawSpan) throws(ParseFailure) {
        var offset = 0
        do {
            while let item = try Self.item(in: bytes, at: offset) {
                try read(item, bytes)
                offset = item.end
            }
        } catch {
            guard identifier != nil || !readOnly.isEmpty || !readWrite.isEmpty else { throw error }
            fault = error
        }
    }

    /// Whether nothing that follows `bytes` would be read: the end tag, or something that is no resource, is reached.
    ///
    /// Lets a reader of slow hardware stop where the data stop.
    package static func isComplete(_ bytes: RawSpan) -> Bool {
        var offset = 0
        do {
            while let item = try item(in: bytes, at: offset) { offset = item.end }
            return true
        } catch {
            return error.code != .truncated
        }
    }

    /// First read-only field with `keyword`, else the first writable one.
    package subscript(keyword: String) -> [UInt8]? {
        (readOnly.first { $0.keyword == keyword } ?? readWrite.first { $0.keyword == keyword })?.bytes
    }
}

extension PCIVitalProductData {
    private struct Item {
        var tag: UInt8
        var start: Int
        var end: Int
    }

    /// The resource whose header stands at `offset`; nil for the end tag.
    private static func item(in bytes: RawSpan, at offset: Int) throws(ParseFailure) -> Item? {
        var reader = ByteReader(bytes, at: offset)
        let tag = try reader.uint8("resource tag")
        if tag & 0x80 == 0 {
            // A small resource: four bits of type, three of length. Only the end tag is defined for VPD.
            guard tag >> 3 == Tag.end else { throw ParseFailure(.badValue, "small resource tag", at: offset) }
            return nil
        }
        guard [Tag.identifier, Tag.readOnly, Tag.readWrite].contains(tag) else {
            throw ParseFailure(.badValue, "large resource tag", at: offset)
        }
        let length = Int(try reader.uint16("resource length"))
        guard reader.offset + length <= limit else { throw ParseFailure(.tooLarge, "resource length", at: offset) }
        return Item(tag: tag, start: reader.offset, end: reader.offset + length)
    }

    private mutating func read(_ item: Item, _ bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes, at: item.start)
        if item.tag == Tag.identifier {
            identifier = try reader.bytes(item.end - item.start, "identifier string")
            return
        }
        while reader.offset < item.end {
            let start = reader.offset
            let keyword = DeviceText.decode(try reader.bytes(2, "keyword"))
            let length = Int(try reader.uint8("field length"))
            guard reader.offset + length <= item.end else {
                throw ParseFailure(.badLength, "field length", at: start)
            }
            let field = Field(keyword: keyword, bytes: try reader.bytes(length, "field data"))
            guard readOnly.count + readWrite.count < Self.fieldLimit else {
                throw ParseFailure(.tooLarge, "number of fields", at: start)
            }
            switch (item.tag, keyword) {
            case (Tag.readOnly, "RV"): checksum = Self.sum(bytes, through: start + 3) == 0 ? .valid : .invalid
            case (Tag.readOnly, _): readOnly.append(field)
            case (_, "RW"): break
            default: readWrite.append(field)
            }
        }
    }

    /// RV covers every byte from the start of VPD up to and including its own first data byte.
    private static func sum(_ bytes: RawSpan, through last: Int) -> UInt8 {
        guard last < bytes.byteCount else { return .max }
        return bytes.extracting(0...last).withUnsafeBytes { $0.reduce(0) { $0 &+ $1 } }
    }
}
