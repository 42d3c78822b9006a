import AssayModel
import Testing

@testable import AssayFiles

@Suite struct FileClassifierTests {
    struct Case: Sendable {
        var path: String
        var head: [UInt8]
        var verdict: FileClassifier.Verdict

        init(_ path: String, _ head: [UInt8], _ verdict: FileClassifier.Verdict) {
            (self.path, self.head, self.verdict) = (path, head, verdict)
        }
    }

    private static let elf: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1]
    private static let text = Array("just text\n".utf8)

    private static func image(_ marks: [(Int, [UInt8])]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 1024)
        for (offset, mark) in marks { bytes.replaceSubrange(offset..<offset + mark.count, with: mark) }
        return bytes
    }

    private static func legacy(_ type: UInt8) -> [UInt8] { image([(0, [0x27, 0x05, 0x19, 0x56]), (30, [type])]) }

    private static let bzImage = image([(0, Array("MZ".utf8)), (0x1fe, [0x55, 0xaa]), (0x202, Array("HdrS".utf8))])

    static let cases: [Case] = [
        Case("/usr/bin/true", elf, .elf(nil)),
        Case("/usr/bin/run", Array("#!/bin/sh\nexit\n".utf8), .script(interpreter: "/bin/sh")),
        Case("/usr/share/doc", text, .uninteresting),
        Case("/empty", [], .uninteresting),
        Case("/lib/modules/6.1/kernel/a.ko", elf, .elf(.module)),
        Case("/usr/lib/modules/6.1/kernel/a.ko.xz", [0xfd, 0x37], .kind(.module)),
        Case("/lib/modules/6.1/modules.dep", text, .uninteresting),
        Case("/lib/modules/6.1/vmlinuz", text, .kind(.kernel)),
        Case("/lib/firmware/a/b.bin", text, .kind(.firmware)),
        Case("/usr/lib/firmware/a.elf", elf, .kind(.firmware)),
        Case("/opt/lib/firmware/a.bin", text, .uninteresting),
        Case("/boot/vmlinuz-6.1", bzImage, .kind(.kernel)),
        Case("/boot/vmlinux-6.1", elf, .elf(.kernel)),
        Case("/srv/tftp/linux", bzImage, .kind(.kernel)),
        Case("/srv/Image", image([(0x38, Array("ARM\u{64}".utf8))]), .kind(.kernel)),
        Case("/srv/riscv", image([(0x38, Array("RSC\u{05}".utf8))]), .kind(.kernel)),
        Case("/srv/zImage", image([(0x24, [0x18, 0x28, 0x6f, 0x01])]), .kind(.kernel)),
        Case("/boot/initrd.img-6.1", text, .kind(.initramfs)),
        Case("/boot/early.cpio", Array("070701000000".utf8), .kind(.initramfs)),
        Case("/boot/ramdisk", [0x28, 0xb5, 0x2f, 0xfd, 0], .kind(.initramfs)),
        Case("/home/x.gz", [0x1f, 0x8b, 8, 0], .uninteresting),
        Case("/boot/config-6.1", text, .uninteresting),
        Case("/boot/grub/grub.cfg", text, .kind(.bootConfiguration)),
        Case("/boot/efi/EFI/debian/GRUB.CFG", [], .kind(.bootConfiguration)),
        Case("/boot/grub/grubenv", text, .kind(.bootConfiguration)),
        Case("/boot/grub/custom.cfg", text, .kind(.bootConfiguration)),
        Case("/boot/extlinux/extlinux.conf", text, .kind(.bootConfiguration)),
        Case("/boot/syslinux/syslinux.cfg", text, .kind(.bootConfiguration)),
        Case("/efi/loader/loader.conf", text, .kind(.bootConfiguration)),
        Case("/boot/efi/loader/entries/debian-6.1.conf", text, .kind(.bootConfiguration)),
        Case("/boot/efi/loader/random-seed", text, .uninteresting),
        Case("/boot/efi/entries/other.conf", text, .uninteresting),
        Case("/boot/uEnv.txt", text, .kind(.bootConfiguration)),
        Case("/boot/firmware/config.txt", text, .kind(.bootConfiguration)),
        Case("/boot/firmware/cmdline.txt", text, .kind(.bootConfiguration)),
        Case("/boot/firmware/LICENCE.txt", text, .uninteresting),
        Case("/home/pi/config.txt", text, .uninteresting),
        Case("/etc/grub.cfg", text, .uninteresting),
        Case("/boot/grub/grub.cfg", elf, .elf(.bootloader)),
        Case("/boot/cmdline.txt", bzImage, .kind(.kernel)),
        Case("/boot/efi/EFI/debian/shimx64.efi", Array("MZ..".utf8), .kind(.bootloader)),
        Case("/usr/lib/shim/SHIMX64.EFI", Array("MZ..".utf8), .kind(.bootloader)),
        Case("/usr/share/x.exe", Array("MZ..".utf8), .uninteresting),
        Case("/boot/grub/i386-pc/core.img", text, .kind(.bootloader)),
        Case("/boot/grub/x86_64-efi/ext2.mod", elf, .elf(.bootloader)),
        Case("/boot/firmware/start4.elf", elf, .elf(.bootloader)),
        Case("/boot/boot.scr", legacy(6), .kind(.bootConfiguration)),
        Case("/boot/script.img", legacy(6), .kind(.bootConfiguration)),
        Case("/boot/board.img", legacy(8), .kind(.deviceTree)),
        Case("/boot/firm.img", legacy(5), .kind(.bootloader)),
        Case("/boot/uImg", legacy(2), .kind(.kernel)),
        Case("/boot/uRam", legacy(3), .kind(.initramfs)),
        Case("/boot/board", [0xd0, 0x0d, 0xfe, 0xed], .kind(.bootloader)),
        Case("/usr/lib/linux-image-6.1/x.dtb", [0xd0, 0x0d, 0xfe, 0xed], .kind(.deviceTree)),
        Case("/boot/firmware/overlays/x.dtbo", [0xd0, 0x0d, 0xfe, 0xed], .kind(.deviceTree)),
        Case("/boot/u-boot.itb", [0xd0, 0x0d, 0xfe, 0xed], .kind(.bootloader)),
        Case("/boot/x.dtb", text, .uninteresting),
        Case("/usr/share/x.bin", [0xd0, 0x0d, 0xfe, 0xed], .uninteresting),
    ]

    @Test(arguments: cases) func judges(_ example: Case) {
        let place = FilePlace(path: Array(example.path.utf8))
        #expect(FileClassifier.judge(example.head[...], place: place) == example.verdict, "\(example.path)")
    }

    @Test(
        arguments: [
            ("#!/bin/sh", "/bin/sh"), ("#! /usr/bin/env python3\n", "/usr/bin/env"), ("#!\t/bin/sh -e\n", "/bin/sh"),
            ("#!/bin/sh\r\n", "/bin/sh"), ("#!/a\0b", "/a"), ("#![feature(x)]\n", nil), ("#!\n/bin/sh", nil),
            ("#!", nil),
            ("#!python\n", nil), ("# !/bin/sh", nil), ("#!/", nil),
        ] as [(String, String?)])
    func readsTheInterpreterAsTheKernelDoes(_ text: String, _ interpreter: String?) {
        #expect(FileClassifier.interpreter(Array(text.utf8)[...]) == interpreter)
    }

    @Test func everyLengthOfEveryHeadIsJudged() {
        for example in Self.cases {
            let place = FilePlace(path: Array(example.path.utf8))
            let verdicts = (0...example.head.count).map { FileClassifier.judge(example.head[..<$0], place: place) }
            #expect(verdicts.last == example.verdict, "\(example.path)")
            // Where the place decides, no length of the head hides the file.
            if place.decides { #expect(!verdicts.contains(.uninteresting), "\(example.path)") }
        }
    }

    @Test("the place decides for what boots, and for nothing else", arguments: cases)
    func placesThatDecide(_ example: Case) {
        let place = FilePlace(path: Array(example.path.utf8))
        if place.decides {
            #expect(FileClassifier.judge([], place: place) != .uninteresting)
        } else {
            #expect(FileClassifier.judge([], place: place) == .uninteresting)
            #expect(FileClassifier.judge(Self.text[...], place: place) == .uninteresting)
        }
    }

    @Test("an interpreter line is cut where the kernel cuts it")
    func longInterpreter() {
        let line = "#!/" + String(repeating: "a", count: 400)
        #expect(FileClassifier.interpreter(Array(line.utf8)[...])?.utf8.count == 254)
        #expect(
            FileClassifier.interpreter(Array(("#!" + String(repeating: " ", count: 300) + "/bin/sh").utf8)[...]) == nil)
    }

    @Test("magic numbers stand where they belong, at the end of the head too")
    func kernelImages() {
        #expect(FileClassifier.isKernelImage(Self.bzImage[...]))
        #expect(FileClassifier.isKernelImage(Self.bzImage[..<0x206]))
        #expect(!FileClassifier.isKernelImage(Self.bzImage[..<0x205]))
        #expect(!FileClassifier.isKernelImage(Self.image([(0x1fe, [0x55, 0xaa])])[...]))
        #expect(!FileClassifier.isKernelImage(Self.image([(0x39, Array("ARM\u{64}".utf8))])[...]))
    }
}
