package import AssayBytes

/// Configuration space of one PCI function, as far as it could be read (PCI Local Bus 3.0, 6.1; PCI Express Base 6.0,
/// 7.5).
///
/// 64 bytes hold the header, 256 the capabilities, 4096 the extended capabilities. A list that is broken ends there:
/// what was read before it survives beside an entry in ``faults``.
package struct PCIConfigSpace: Sendable, Equatable {
    /// Length of the header, all that an unprivileged reader gets.
    package static let headerLength = 64
    /// Length with capabilities.
    package static let legacyLength = 256
    /// Length with extended capabilities.
    package static let extendedLength = 4096

    /// Vendor ID; all ones in a virtual function (PCI Express Base 6.0, 9.3.4.1.1).
    package var vendor: UInt16
    /// Device ID; all ones in a virtual function.
    package var device: UInt16
    /// Class code, subclass and programming interface: 24 bits.
    package var classCode: UInt32
    /// Revision ID.
    package var revision: UInt8
    /// Header layout: 0 device, 1 bridge, 2 CardBus bridge.
    package var headerType: UInt8
    /// Subsystem Vendor ID: of the header, or of capability 0x0D for a bridge.
    package var subsystemVendor: UInt16?
    /// Subsystem ID, from the same place.
    package var subsystemDevice: UInt16?
    /// Capabilities in the order of their list.
    package var capabilities: [PCICapability] = []
    /// Extended capabilities in the order of their list.
    package var extendedCapabilities: [PCIExtendedCapability] = []
    /// The PCI Express capability.
    package var express: PCIExpressCapability?
    /// Device Serial Number, an EUI-64 (PCI Express Base 6.0, 7.9.3).
    package var deviceSerialNumber: UInt64?
    /// What was wrong with the lists.
    package var faults: [ParseFailure] = []
    /// How many bytes could be read.
    package var byteCount: Int
    /// The bytes of the header that firmware and operating system do not set; see ``identityMask``.
    package var identityHeader: [UInt8]

    /// Reads `bytes`, 64 at least.
    package init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        let header = try reader.bytes(Self.headerLength, "configuration header")
        byteCount = bytes.byteCount
        vendor = header.uint16(at: 0x00)
        device = header.uint16(at: 0x02)
        // All ones is what a bus reads where nothing answers.
        guard header.contains(where: { $0 != 0xff }) else {
            throw ParseFailure(.badValue, "configuration header", at: 0)
        }
        revision = header[0x08]
        classCode = UInt32(header.uint16(at: 0x0a)) << 8 | UInt32(header[0x09])
        headerType = header[0x0e] & 0x7f
        identityHeader = Self.mask(header, headerType: headerType)
        readSubsystem(header, bytes)
        // Status bit 4: there is a capability list (6.2.3).
        if header.uint16(at: 0x06) & 0x10 != 0 {
            readCapabilities(bytes, from: Int(header[headerType == 2 ? 0x14 : 0x34]))
        }
        // Only PCI Express and PCI-X 2.0 functions have extended configuration space; on others these bytes are an
        // alias of the first 256, or noise.
        let kinds = [PCICapability.Known.express, PCICapability.Known.pciX]
        if capabilities.contains(where: { kinds.contains($0.id) }) { readExtendedCapabilities(bytes) }
    }

    /// Device Serial Number in the usual form, most significant byte first: `00-1b-21-ff-ff-53-1e-70`.
    package var deviceSerialNumberText: String? {
        guard let number = deviceSerialNumber else { return nil }
        return stride(from: 56, through: 0, by: -8).map { Hex.string(UInt8(truncatingIfNeeded: number >> $0)) }
            .joined(separator: "-")
    }
}

extension PCIConfigSpace {
    private mutating func readSubsystem(_ header: [UInt8], _ bytes: RawSpan) {
        switch headerType {
        case 0:
            subsystemVendor = header.uint16(at: 0x2c)
            subsystemDevice = header.uint16(at: 0x2e)
        case 2:
            // CardBus bridges keep it behind the header (PC Card Standard 8.0, volume 7, 3.4.2).
            var reader = ByteReader(bytes, at: 0x40)
            guard bytes.byteCount >= 0x44, let vendor = try? reader.uint16(), let device = try? reader.uint16() else {
                return
            }
            subsystemVendor = vendor
            subsystemDevice = device
        default: break
        }
    }

    private mutating func readCapabilities(_ bytes: RawSpan, from first: Int) {
        // The two low bits of every pointer are reserved (6.7).
        var offset = first & 0xfc
        var visited: Set<Int> = []
        while offset != 0 {
            // Without privilege the list lies beyond what the kernel shows: not the device's fault.
            if bytes.byteCount <= Self.headerLength { return }
            guard offset >= Self.headerLength else { return fault(.badValue, "capability pointer", offset) }
            guard visited.insert(offset).inserted else { return fault(.badValue, "capability list loops", offset) }
            var reader = ByteReader(bytes, at: offset)
            guard let id = try? reader.uint8(), let next = try? reader.uint8() else {
                return fault(.truncated, "capability list", offset)
            }
            guard id != 0xff else { return fault(.badValue, "capability id", offset) }
            capabilities.append(PCICapability(id: id, offset: offset))
            decode(id, bytes.extracting(offset..<bytes.byteCount), at: offset)
            offset = Int(next) & 0xfc
        }
    }

    private mutating func decode(_ id: UInt8, _ bytes: RawSpan, at offset: Int) {
        do {
            if id == PCICapability.Known.express, express == nil {
                express = try PCIExpressCapability(parsing: bytes)
            }
            if id == PCICapability.Known.subsystem, headerType == 1, subsystemVendor == nil {
                // PCI-to-PCI Bridge Architecture 1.2, 3.2.5.13.
                var reader = ByteReader(bytes, at: 4)
                let (vendor, device) = (try reader.uint16("subsystem vendor"), try reader.uint16("subsystem"))
                (subsystemVendor, subsystemDevice) = (vendor, device)
            }
        } catch {
            fault(error.code, error.what, offset + error.offset)
        }
    }

    private mutating func readExtendedCapabilities(_ bytes: RawSpan) {
        var offset = Self.legacyLength
        var visited: Set<Int> = []
        while offset != 0, bytes.byteCount > Self.legacyLength {
            guard offset >= Self.legacyLength else { return fault(.badValue, "extended capability pointer", offset) }
            guard visited.insert(offset).inserted else {
                return fault(.badValue, "extended capability list loops", offset)
            }
            var reader = ByteReader(bytes, at: offset)
            guard let header = try? reader.uint32() else {
                return fault(.truncated, "extended capability list", offset)
            }
            // A list without entries is one null header; all ones is a function that stopped answering.
            guard header != 0, header != .max else { return }
            let id = UInt16(header & 0xffff)
            extendedCapabilities.append(
                PCIExtendedCapability(id: id, version: UInt8(header >> 16 & 0xf), offset: offset))
            if id == PCIExtendedCapability.deviceSerialNumber, deviceSerialNumber == nil {
                guard let number = try? reader.uint64() else {
                    return fault(.truncated, "device serial number", offset)
                }
                deviceSerialNumber = number
            }
            offset = Int(header >> 20) & 0xffc
        }
    }

    private mutating func fault(_ code: ParseFailure.Code, _ what: String, _ offset: Int) {
        faults.append(ParseFailure(code, what, at: offset))
    }

    /// Header offsets that hardware alone decides: ids, revision, class, layout, CIS and capability pointers, interrupt
    /// pin, Min_Gnt and Max_Lat.
    ///
    /// Command, status, cache line size, timers, BARs, bus numbers, windows, ROM base and interrupt line are set by
    /// firmware or by the operating system. The subsystem id of a type 0 header is part of it.
    package static func identityMask(headerType: UInt8) -> Set<Int> {
        let common: Set<Int> = [0x00, 0x01, 0x02, 0x03, 0x08, 0x09, 0x0a, 0x0b, 0x0e, 0x3d]
        switch headerType {
        case 0: return common.union([0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x34, 0x3e, 0x3f])
        case 1: return common.union([0x34])
        case 2: return common.union([0x14])
        default: return common
        }
    }

    private static func mask(_ header: [UInt8], headerType: UInt8) -> [UInt8] {
        let kept = identityMask(headerType: headerType)
        return header.indices.map { kept.contains($0) ? header[$0] : 0 }
    }
}

extension [UInt8] {
    /// A little-endian word of the header, whose length was checked.
    fileprivate func uint16(at offset: Int) -> UInt16 { UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 }
}
