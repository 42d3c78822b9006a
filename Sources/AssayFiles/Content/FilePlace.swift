/// What a path tells of a file before its content is looked at.
struct FilePlace: Sendable, Equatable {
    /// Below a directory that a boot loader or firmware reads: `/boot`, `/efi`.
    let isBoot: Bool
    /// Below `lib/firmware`.
    let isFirmware: Bool
    /// A kernel module by name, plain or compressed, below `lib/modules`.
    let isModule: Bool
    /// Named as kernels are, in a boot directory or beside the modules.
    let isKernel: Bool
    /// Named as initial RAM disks are, in a boot directory.
    let isInitramfs: Bool
    /// Named as stages of a boot loader are, in a boot directory.
    let isBootloader: Bool
    /// Named as boot loaders name their configuration, in a boot directory.
    let isBootConfiguration: Bool
    /// `*.efi`.
    let hasEFIName: Bool
    /// `*.dtb` or `*.dtbo`.
    let hasDeviceTreeName: Bool

    /// Whether the file is reported whatever it holds.
    var decides: Bool {
        isFirmware || isModule || isKernel || isInitramfs || isBootloader || isBootConfiguration
    }

    /// Looks at a path below the root.
    init(path: some BidirectionalCollection<UInt8>) {
        let path = Array(path)
        let name = path[((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
        isBoot = path.starts(with: "/boot/".utf8) || path.starts(with: "/efi/".utf8)
        isFirmware = Self.isBelowLibrary("firmware", path)
        let isBelowModules = Self.isBelowLibrary("modules", path)
        isModule = isBelowModules && Self.moduleSuffixes.contains { name.ends(with: $0) }
        isKernel =
            isBoot && Self.kernelPrefixes.contains { name.starts(with: $0) }
            || isBelowModules && name.elementsEqual("vmlinuz".utf8)
        isInitramfs = isBoot && Self.initramfsPrefixes.contains { name.starts(with: $0) }
        isBootloader = isBoot && (Self.isGrubStage(path) || Self.bootloaderNames.contains { name.elementsEqual($0) })
        isBootConfiguration = isBoot && BootConfiguration.isNamed(path)
        hasEFIName = name.ends(with: "efi".utf8, ignoringCaseAfter: UInt8(ascii: "."))
        hasDeviceTreeName = name.ends(with: ".dtb".utf8) || name.ends(with: ".dtbo".utf8)
    }

    private static let moduleSuffixes = [".ko", ".ko.xz", ".ko.zst", ".ko.gz"].map { Array($0.utf8) }
    private static let kernelPrefixes = ["vmlinuz", "vmlinux", "Image", "zImage", "uImage", "bzImage", "kernel"]
        .map { Array($0.utf8) }
    private static let initramfsPrefixes = ["initrd", "initramfs", "uInitrd"].map { Array($0.utf8) }
    private static let bootloaderNames = [
        "bootcode.bin", "u-boot.bin", "u-boot.img", "u-boot.itb", "MLO", "ldlinux.sys",
    ]
    .map { Array($0.utf8) }

    /// Images and modules of GRUB, which its first stage loads from below `/boot/grub`.
    private static func isGrubStage(_ path: [UInt8]) -> Bool {
        guard path.starts(with: "/boot/grub".utf8) else { return false }
        return [".img", ".mod", ".exec"].contains { path[...].ends(with: $0.utf8) }
    }

    private static func isBelowLibrary(_ directory: String, _ path: [UInt8]) -> Bool {
        let prefix = "/lib/" + directory + "/"
        return path.starts(with: prefix.utf8) || path.starts(with: ("/usr" + prefix).utf8)
    }
}

extension ArraySlice<UInt8> {
    /// Whether the bytes end in `suffix`.
    func ends(with suffix: some BidirectionalCollection<UInt8>) -> Bool {
        count >= suffix.count && self[(endIndex - suffix.count)...].elementsEqual(suffix)
    }

    /// Whether the bytes end in `separator` and then `letters`, which are lower-case and may come in either case.
    func ends(with letters: some BidirectionalCollection<UInt8>, ignoringCaseAfter separator: UInt8) -> Bool {
        guard count > letters.count, self[endIndex - letters.count - 1] == separator else { return false }
        return self[(endIndex - letters.count)...].elementsEqual(letters) { $0 | 0x20 == $1 }
    }
}
