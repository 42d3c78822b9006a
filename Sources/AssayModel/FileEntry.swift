/// A file whose content decides what the device does.
public struct FileEntry: Sendable, Hashable, Codable {
    /// What the content is.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// ELF executable, position-independent or not.
        case executable
        /// ELF shared library.
        case library
        /// ELF object that is neither (relocatable, core).
        case object
        /// Text with an interpreter line.
        case script
        /// Kernel image.
        case kernel
        /// Initial RAM disk.
        case initramfs
        /// Kernel module.
        case module
        /// Firmware blob for a device.
        case firmware
        /// Boot loader or EFI executable.
        case bootloader
        /// What a boot loader is told: which kernel to start, with which arguments.
        case bootConfiguration = "boot-configuration"
        /// Device tree blob or overlay.
        case deviceTree = "device-tree"
    }

    /// How a file compares with the manifest of the package that owns it.
    public enum Manifest: String, Sendable, Hashable, Codable {
        /// The content is what the package shipped.
        case matches
        /// The content differs from what the package shipped.
        case modified
        /// The content differs, and the package declares the file as configuration, which an administrator may change.
        case configured
        /// A package owns the path, but its manifest states no digest for it.
        case unstated
    }

    /// Absolute path below the root.
    public var path: String
    /// Base64 of the path's bytes, present when they are not valid UTF-8.
    public var pathBytes: String?
    /// What the content is.
    public var kind: Kind
    /// Size in bytes.
    public var size: Int64
    /// Permission bits, set-user-id and the like included, in octal: `4755`.
    public var mode: String
    /// Numeric owner.
    public var uid: UInt32
    /// SHA-256 of the content.
    public var digest: ContentDigest
    /// SHA-512 of the content in lower-case hexadecimal, where a policy asks for it.
    public var sha512: String?
    /// The fs-verity digest that the kernel measured and enforces at every read, `sha256:…` or `sha512:…`: the root of a
    /// tree over the content, not the content's digest.
    public var verity: String?
    /// GNU build-id, lower-case hexadecimal.
    public var buildID: String?
    /// Names of needed shared libraries, in order.
    public var needed: [String]?
    /// Interpreter of a script or program loader of an executable.
    public var interpreter: String?
    /// purl of the owning package.
    public var package: String?
    /// Agreement with the owning package's manifest; nil when no package owns the path.
    public var manifest: Manifest?

    /// Describes one file.
    public init(path: String, kind: Kind, size: Int64, mode: String, uid: UInt32, digest: ContentDigest) {
        self.path = path
        self.kind = kind
        self.size = size
        self.mode = mode
        self.uid = uid
        self.digest = digest
    }
}
