internal import AssayModel

/// Tells from a file's place and its first bytes whether and as what it is reported.
enum FileClassifier {
    /// Number of bytes at the start of a file that decide.
    static let headSize = 4096

    /// What the first bytes tell.
    enum Verdict: Sendable, Equatable {
        /// Not reported.
        case uninteresting
        /// Reported as this kind.
        case kind(FileEntry.Kind)
        /// Reported as this kind, and an ELF file whose facts are worth reading.
        case elf(FileEntry.Kind?)
        /// Text that names the interpreter which runs it.
        case script(interpreter: String)
    }

    /// Judges a file; an ELF verdict without a kind leaves it to the ELF header whether it is a program or a library.
    static func judge(_ head: ArraySlice<UInt8>, place: FilePlace) -> Verdict {
        let isELF = head.starts(with: ELFHeader.magic)
        if place.isModule { return isELF ? .elf(.module) : .kind(.module) }
        if place.isFirmware { return .kind(.firmware) }
        if place.isKernel { return isELF ? .elf(.kernel) : .kind(.kernel) }
        if isKernelImage(head) { return .kind(.kernel) }
        if place.isInitramfs { return .kind(.initramfs) }
        // ELF files in boot directories are stages of boot loaders, often for another processor than ours.
        if isELF { return .elf(place.isBoot ? .bootloader : nil) }
        if place.isBootloader { return .kind(.bootloader) }
        // Behind everything that runs: a program does not hide under the name of a configuration.
        if place.isBootConfiguration { return .kind(.bootConfiguration) }
        if place.hasEFIName || place.isBoot, head.starts(with: "MZ".utf8) { return .kind(.bootloader) }
        if place.hasDeviceTreeName || place.isBoot, head.starts(with: [0xd0, 0x0d, 0xfe, 0xed]) {
            // An image in U-Boot's FIT form is a flattened tree too; what holds programs counts as one.
            return .kind(place.hasDeviceTreeName ? .deviceTree : .bootloader)
        }
        if place.isBoot {
            if let kind = legacyImage(head) { return .kind(kind) }
            if isArchive(head) { return .kind(.initramfs) }
        }
        return interpreter(head).map { .script(interpreter: $0) } ?? .uninteresting
    }

    /// x86 bzImage (Linux boot protocol: 0xaa55 at 0x1fe, `HdrS` at 0x202), arm64 and RISC-V `Image` (magic at 0x38),
    /// ARM `zImage` (magic at 0x24).
    static func isKernelImage(_ head: ArraySlice<UInt8>) -> Bool {
        if holds([0x55, 0xaa], at: 0x1fe, head), holds(Array("HdrS".utf8), at: 0x202, head) { return true }
        if holds(Array("ARM\u{64}".utf8), at: 0x38, head) || holds(Array("RSC\u{05}".utf8), at: 0x38, head) {
            return true
        }
        return holds([0x18, 0x28, 0x6f, 0x01], at: 0x24, head)
    }

    /// The image type in the header of a legacy U-Boot image (doc/usage/fit and include/image.h of U-Boot).
    private static func legacyImage(_ head: ArraySlice<UInt8>) -> FileEntry.Kind? {
        guard head.starts(with: [0x27, 0x05, 0x19, 0x56]), head.count >= 64 else { return nil }
        switch head[head.startIndex + 30] {
        case 2: return .kernel
        case 3: return .initramfs
        case 6: return .bootConfiguration
        case 8: return .deviceTree
        default: return .bootloader
        }
    }

    /// cpio in its two "new" forms, or one of the compressions that the kernel unpacks an initramfs with.
    private static func isArchive(_ head: ArraySlice<UInt8>) -> Bool {
        head.starts(with: "070701".utf8) || head.starts(with: "070702".utf8)
            || head.starts(with: [0x1f, 0x8b, 8]) || head.starts(with: [0x28, 0xb5, 0x2f, 0xfd])
            || head.starts(with: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]) || head.starts(with: [2, 0x21, 0x4c, 0x18])
    }

    /// The interpreter that the kernel would start for a script (execve(2)); nil when it is none.
    ///
    /// Paths alone count: `#![` opens source text of other languages.
    static func interpreter(_ head: ArraySlice<UInt8>) -> String? {
        guard head.starts(with: "#!".utf8) else { return nil }
        // The kernel looks at 256 bytes (BINPRM_BUF_SIZE).
        let line = head.dropFirst(2).prefix(254).prefix { $0 != UInt8(ascii: "\n") && $0 != 0 }
        let word = line.drop { $0 == 0x20 || $0 == 0x09 }.prefix { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }
        guard word.first == UInt8(ascii: "/"), word.count > 1 else { return nil }
        return String(decoding: word, as: UTF8.self)
    }

    private static func holds(_ magic: [UInt8], at offset: Int, _ head: ArraySlice<UInt8>) -> Bool {
        head.count >= offset + magic.count && head.dropFirst(offset).starts(with: magic)
    }
}
