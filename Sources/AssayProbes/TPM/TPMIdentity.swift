internal import AssayBytes
internal import AssayModel

/// Who made a TPM 2.0 and what runs in it, from its fixed properties (TPM 2.0 Library, part 2, 6.13: `TPM_PT`).
struct TPMIdentity: Sendable, Hashable {
    /// `TPM_PT_FIXED`, the first of the group.
    static let firstProperty: UInt32 = 0x100
    /// Properties of the group that have a meaning.
    static let propertyCount: UInt32 = 0x40

    /// `TPM_PT_MANUFACTURER` as letters: `IFX`.
    private(set) var manufacturer: String?
    /// `TPM_PT_VENDOR_STRING_1` to `_4`.
    private(set) var vendorText: String?
    /// `TPM_PT_FIRMWARE_VERSION_1` and `_2` as four numbers of 16 bits.
    private(set) var firmwareVersion: String?
    /// `TPM_PT_REVISION` as the library's versions are written: `1.38`.
    private(set) var libraryRevision: String?
    /// `TPM_PT_NV_BUFFER_MAX`: most octets that one read of an index returns.
    private(set) var indexBuffer: UInt32?

    /// Reads the properties that are there.
    init(_ properties: [UInt32: UInt32]) {
        manufacturer = properties[0x105].flatMap { Self.letters([$0]) }
        vendorText = Self.letters((0x106...0x109).compactMap { properties[$0] })
        if let high = properties[0x10b], let low = properties[0x10c] {
            firmwareVersion = [high >> 16, high & 0xffff, low >> 16, low & 0xffff].map(String.init)
                .joined(separator: ".")
        }
        libraryRevision = properties[0x102].map { revision in
            let fraction = String(revision % 100)
            return "\(revision / 100)." + (fraction.utf8.count < 2 ? "0" + fraction : fraction)
        }
        indexBuffer = properties[0x12c]
    }

    /// Adds what was read to `tpm`.
    func fill(_ tpm: inout Component) {
        tpm.manufacturer = manufacturer
        tpm.firmwareVersion = firmwareVersion
        tpm.setProperty("vendorText", vendorText)
        tpm.setProperty("libraryRevision", libraryRevision)
    }

    /// Four letters in each number, padded with zeros or blanks.
    private static func letters(_ values: [UInt32]) -> String? {
        let bytes = values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
        }
        guard bytes.allSatisfy({ $0 == 0 || (0x20...0x7e).contains($0) }) else { return nil }
        return DeviceText.normalize(DeviceText.decode(bytes.filter { $0 != 0 }))
    }
}
