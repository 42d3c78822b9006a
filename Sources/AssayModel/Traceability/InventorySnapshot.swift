/// One inventory without its files, which are streamed to the rules one by one.
///
/// It reads the scan's JSON and leaves `files` aside.
public struct InventorySnapshot: Sendable, Hashable, Codable {
    /// What the device says of itself.
    public var device: DeviceFacts
    /// Parts.
    public var components: [Component]
    /// Firmware images and versions.
    public var firmware: [Component]
    /// Boot state.
    public var boot: BootState
    /// Kernel state.
    public var kernel: KernelState
    /// Installed packages.
    public var packages: [Package]
    /// What could not be read, and why.
    public var gaps: [Gap]

    /// An inventory of what is given.
    public init(
        device: DeviceFacts = DeviceFacts(), components: [Component] = [], firmware: [Component] = [],
        boot: BootState = BootState(), kernel: KernelState = KernelState(), packages: [Package] = [],
        gaps: [Gap] = []
    ) {
        self.device = device
        self.components = components
        self.firmware = firmware
        self.boot = boot
        self.kernel = kernel
        self.packages = packages
        self.gaps = gaps
    }

    private enum CodingKeys: String, CodingKey { case device, components, firmware, boot, kernel, packages, gaps }

    /// Reads the JSON form; absent sections are empty.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        device = try values.decodeIfPresent(DeviceFacts.self, forKey: .device) ?? DeviceFacts()
        components = try values.list(forKey: .components)
        firmware = try values.list(forKey: .firmware)
        boot = try values.decodeIfPresent(BootState.self, forKey: .boot) ?? BootState()
        kernel = try values.decodeIfPresent(KernelState.self, forKey: .kernel) ?? KernelState()
        packages = try values.list(forKey: .packages)
        gaps = try values.list(forKey: .gaps)
    }
}
