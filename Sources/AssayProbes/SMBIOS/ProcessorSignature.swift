internal import AssayBytes

/// What the processor ID field says, told apart by processor family (DSP0134, 7.5.3).
enum ProcessorSignature: Sendable, Hashable, CustomStringConvertible {
    /// CPUID leaf 1, EAX, as Intel and most others count.
    case x86(UInt32)
    /// CPUID leaf 1, EAX, as AMD counts: the extended fields matter for family Fh alone.
    case amd(UInt32)
    /// The DX register after reset of an 80386.
    case i386(UInt16)
    /// The DX register after reset of an early 80486.
    case i486(UInt16)
    /// The main ID register of an Arm core.
    case arm(UInt32)
    /// JEP106 code, SoC ID and revision by SMCCC_ARCH_SOC_ID.
    case armSoC(jep106: UInt32, revision: UInt32)

    private static let x86Families: [ClosedRange<UInt16>] = [
        0x0b...0x15, 0x28...0x2f, 0xa1...0xb3, 0xb5...0xb5, 0xb9...0xc7, 0xcd...0xcf, 0xd2...0xdb, 0xdd...0xe0,
    ]
    private static let amdFamilies: [ClosedRange<UInt16>] = [
        0x18...0x1d, 0x1f...0x1f, 0x38...0x3f, 0x46...0x4f, 0x66...0x6b, 0x83...0x8f, 0xb6...0xb7, 0xe4...0xef,
    ]
    private static let armFamilies: [ClosedRange<UInt16>] = [0x100...0x102, 0x118...0x119]

    /// Reads the ID of a processor structure; nil when its family gives it no meaning that we know.
    init?(_ structure: SMBIOSStructure) {
        guard let family = SMBIOSRecord.processorFamily(of: structure), let low = structure.dword(0x08),
            let high = structure.dword(0x0c)
        else { return nil }
        func isOne(of ranges: [ClosedRange<UInt16>]) -> Bool { ranges.contains { $0.contains(family) } }
        switch family {
        case 0x05: self = .i386(UInt16(truncatingIfNeeded: low))
        case 0x06: self = Self.isEnhanced486(low) ? .x86(low) : .i486(UInt16(truncatingIfNeeded: low))
        case _ where isOne(of: Self.armFamilies):
            if (structure.word(0x26) ?? 0) & 1 << 9 != 0 {
                self = .armSoC(jep106: low, revision: high)
            } else {
                guard low != 0 else { return nil }
                self = .arm(low)
            }
        case _ where isOne(of: Self.x86Families): self = .x86(low)
        case _ where isOne(of: Self.amdFamilies): self = .amd(low)
        case 0x01, 0x02:
            guard let known = Self.known(byVersionOf: structure, low) else { return nil }
            self = known
        default: return nil
        }
    }

    /// Later 80486 models have CPUID and return the same value in DX.
    private static func isEnhanced486(_ value: UInt32) -> Bool {
        value & 0xf00 == 0x400 && [0x40, 0x70].contains(value & 0xf0) && value & 0xf >= 3
            || value & 0xf00 == 0x400 && value & 0xf0 >= 0x80
    }

    /// Firmware that leaves the family open still names the processor.
    private static func known(byVersionOf structure: SMBIOSStructure, _ low: UInt32) -> ProcessorSignature? {
        guard let number = structure.byte(0x10), number > 0, Int(number) <= structure.strings.count else { return nil }
        let name = structure.strings[Int(number) - 1]
        let intel = ["Pentium III MMX", "Intel(R) Core(TM)2", "Intel(R) Pentium(R)", "Genuine Intel(R) CPU U1400"]
        let amd = ["AMD Athlon(TM)", "AMD Opteron(tm)", "Dual-Core AMD Opteron(tm)"]
        if intel.contains(where: name.hasPrefix) { return .x86(low) }
        if amd.contains(where: name.hasPrefix) { return .amd(low) }
        return nil
    }

    /// The parts of the signature, as Linux tools print them.
    var description: String {
        switch self {
        case .x86(let eax):
            let family = (eax >> 20 & 0xff) + (eax >> 8 & 0xf)
            let model = (eax >> 12 & 0xf0) + (eax >> 4 & 0xf)
            return "Type \(eax >> 12 & 3), Family \(family), Model \(model), Stepping \(eax & 0xf)"
        case .amd(let eax):
            let isExtended = eax >> 8 & 0xf == 0xf
            let family = isExtended ? (eax >> 20 & 0xff) + 0xf : eax >> 8 & 0xf
            let model = isExtended ? (eax >> 12 & 0xf0) + (eax >> 4 & 0xf) : eax >> 4 & 0xf
            return "Family \(family), Model \(model), Stepping \(eax & 0xf)"
        case .i386(let dx):
            return "Type \(dx >> 12), Family \(dx >> 8 & 0xf), Major Stepping \(dx >> 4 & 0xf), "
                + "Minor Stepping \(dx & 0xf)"
        case .i486(let dx):
            return "Type \(dx >> 12 & 3), Family \(dx >> 8 & 0xf), Model \(dx >> 4 & 0xf), Stepping \(dx & 0xf)"
        case .arm(let midr):
            return "Implementor 0x\(Self.hex(midr >> 24, 2)), Variant 0x\(Self.hex(midr >> 20 & 0xf, 1)), "
                + "Architecture \(midr >> 16 & 0xf), Part 0x\(Self.hex(midr >> 4 & 0xfff, 3)), Revision \(midr & 0xf)"
        case .armSoC(let jep106, let revision):
            return "JEP-106 Bank 0x\(Self.hex(jep106 >> 24 & 0x7f, 2)) "
                + "Manufacturer 0x\(Self.hex(jep106 >> 16 & 0x7f, 2)), SoC ID 0x\(Self.hex(jep106 & 0xffff, 4)), "
                + "SoC Revision 0x\(Self.hex(revision, 8))"
        }
    }

    private static func hex(_ value: UInt32, _ digits: Int) -> String { String(Hex.string(value).suffix(digits)) }
}
