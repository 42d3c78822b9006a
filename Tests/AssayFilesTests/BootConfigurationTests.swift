import Testing

@testable import AssayFiles

@Suite struct BootConfigurationTests {
    @Test(
        "Names of boot loaders, whatever their letter case",
        arguments: [
            ("/boot/grub/grub.cfg", true), ("/boot/efi/EFI/debian/GRUB.CFG", true), ("/boot/grub/grubenv", true),
            ("/boot/extlinux/extlinux.conf", true), ("/boot/uEnv.txt", true), ("/boot/boot.scr.uimg", true),
            ("/boot/firmware/config.txt", true), ("/boot/firmware/CMDLINE.TXT", true), ("grub.cfg", true),
            ("/boot/efi/loader/loader.conf", true), ("/boot/efi/loader/entries/debian.conf", true),
            ("/boot/efi/Loader/Entries/DEBIAN.CONF", true),
            ("/boot/efi/loader/entries/sub/debian.conf", false), ("/boot/efi/loader/entries/debian.conf~", false),
            ("/boot/efi/myloader/entries/debian.conf", false), ("/boot/entries/debian.conf", false),
            ("loader/entries/debian.conf", false), ("/boot/grub/grub.cfg.old", false), ("/boot/grub.cfg/", false),
            ("/boot/mygrub.cfg", false), ("/boot/readme.txt", false), ("/", false), ("", false),
        ])
    func name(_ path: String, _ isNamed: Bool) {
        #expect(BootConfiguration.isNamed(Array(path.utf8)) == isNamed)
    }

    @Test("Bytes that are no text name nothing, and do no harm")
    func bytes() {
        #expect(!BootConfiguration.isNamed([0xff, 0x2f, 0xc3, 0x28]))
        #expect(BootConfiguration.isNamed([0xff, 0x2f] + Array("grubenv".utf8)))
    }
}
