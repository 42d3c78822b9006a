/// Names under which boot loaders look for the files that tell them what to start, and with which arguments.
///
/// * GRUB: `grub.cfg`, `custom.cfg` (sourced by it), the environment block `grubenv` (GRUB manual, "Configuration" and
///   "Environment block").
/// * SYSLINUX and U-Boot's distro boot: `extlinux.conf`, `syslinux.cfg`, `isolinux.cfg` (Syslinux wiki, "Config").
/// * systemd-boot: `loader.conf`, and `loader/entries/*.conf` (UAPI.1 Boot Loader Specification, type 1).
/// * U-Boot: `boot.scr`, `boot.scr.uimg`, `uEnv.txt` (U-Boot, "Distro boot").
/// * Raspberry Pi: `config.txt`, `cmdline.txt`, `tryboot.txt`, `autoboot.txt` and the files that distributions include
///   from the first (Raspberry Pi documentation, "config.txt").
enum BootConfiguration {
    private static let names: Set<[UInt8]> = Set(
        [
            "autoboot.txt", "boot.scr", "boot.scr.uimg", "cmdline.txt", "config.txt", "custom.cfg", "extlinux.conf",
            "grub.cfg", "grubenv", "isolinux.cfg", "loader.conf", "syscfg.txt", "syslinux.cfg", "tryboot.txt",
            "uenv.txt", "usercfg.txt",
        ].map { Array($0.utf8) })

    /// Whether a file of a boot directory is named as boot loaders name their configuration.
    ///
    /// Letter case does not count: boot partitions are FAT.
    static func isNamed(_ path: [UInt8]) -> Bool {
        let path = path.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        let slash = path.lastIndex(of: UInt8(ascii: "/")) ?? -1
        if names.contains(Array(path[(slash + 1)...])) { return true }
        return slash >= 0 && path[..<slash].ends(with: "/loader/entries".utf8) && path[...].ends(with: ".conf".utf8)
    }
}
