internal import AssayBytes
internal import AssayModel

/// An NVMe drive as its controllers and namespaces show it (NVM Express Base Specification 2.0, 5.17).
///
/// A drive with two ports is two controllers with one serial number and one NQN; it is reported once.
struct NVMeDrive {
    /// A controller with the block devices of its namespaces.
    private struct Controller {
        var directory: String
        var namespaces: [String] = []
    }

    /// Most namespaces of one drive that are looked at.
    private static let namespaceLimit = 128

    /// Reads every NVMe drive; `blocks` are all block devices.
    static func read(with reader: inout SysfsReader, blocks: [BlockDevice]) {
        var controllers: [String: Controller] = [:]
        for name in reader.devices("/sys/class/nvme", where: { DevicePath.isNumbered($0, "nvme") }) {
            let path = reader.canonicalPath("/sys/class/nvme/" + name) ?? "/sys/class/nvme/" + name
            controllers[path] = Controller(directory: path)
        }
        // Recorded trees, and kernels before 4.5, may have the block device alone.
        for device in blocks where isNamespace(device.name) {
            guard let block = reader.canonicalPath(device.path), let path = DevicePath(block),
                !path.isVirtual, let parent = controllerDirectory(of: path), controllers[parent] == nil
            else { continue }
            controllers[parent] = Controller(directory: parent, namespaces: [block])
        }
        var drives: [[String]: NVMeDrive] = [:]
        for path in controllers.keys.sorted(by: SysfsReader.inNaturalOrder) {
            guard let controller = controllers[path] else { continue }
            var drive = NVMeDrive(controller, with: &reader)
            guard !drive.isDiscovery else { continue }
            if let other = drives[drive.key] { drive.join(other) }
            drives[drive.key] = drive
        }
        for drive in drives.values { reader.output.components.append(drive.component) }
    }

    private var component: Component
    private var key: [String]
    private var isDiscovery: Bool

    private init(_ controller: Controller, with reader: inout SysfsReader) {
        let path = controller.directory
        let transport = reader.word(path + "/transport")
        let isFabric = transport.map { !["pcie", "apple-nvme"].contains($0) } ?? false
        let bus = DevicePath(path)?.location
        let nqn = reader.text(path + "/subsysnqn")
        component = Component(.storage, at: "storage/" + (bus ?? "nvme"), evidence: reader.evidence(path))
        component.set(.model, reader.textBytes(path + "/model"))
        component.set(.serial, reader.textBytes(path + "/serial"))
        component.set(.firmwareVersion, reader.textBytes(path + "/firmware_rev"))
        component.setProperty("subsystemNQN", nqn)
        component.setProperty("transport", transport)
        component.setProperty("controllerID", reader.word(path + "/cntlid"))
        component.properties["kind"] = "nvme"
        key = []
        let type = reader.word(path + "/cntrltype")
        isDiscovery = type == "discovery"
        if let type, type != "io" { component.setProperty("controllerType", type) }
        if isFabric {
            // A remote target: it is not in this device, and the target software says what the drive is.
            component.location = "storage/nvme/" + (component.properties["subsystemNQN"] ?? "unknown")
            component.evidence.access = transport == "loop" ? .virtual : .bridged
            component.setProperty("address", reader.text(path + "/address"))
        } else {
            component.setProperty("parent", bus)
            rateAccess(path, with: &reader)
        }
        key = [component.location]
        if let serial = component.serial, let nqn { key = ["nqn", nqn, serial] }
        addNamespaces(of: controller, with: &reader)
    }

    private mutating func rateAccess(_ path: String, with reader: inout SysfsReader) {
        let function = DevicePath(path)?.directory(endingAt: DevicePath.isPCIFunction)
        let vendor = function.flatMap { reader.word($0 + "/vendor") }
        let isVirtual = VirtualHardware.isKnown([.pciVendor: vendor, .driveName: component.model])
        if isVirtual { component.evidence.access = .virtual }
    }

    private mutating func addNamespaces(of controller: Controller, with reader: inout SysfsReader) {
        var blocks = controller.namespaces
        let names = reader.names(controller.directory).filter(Self.isNamespace).sorted(by: SysfsReader.inNaturalOrder)
        blocks += names.map { controller.directory + "/" + $0 }.filter { !controller.namespaces.contains($0) }
        if blocks.count > Self.namespaceLimit {
            reader.note(
                controller.directory, .tooLarge, "\(blocks.count) namespaces, \(Self.namespaceLimit) are looked at")
        }
        var size: UInt64 = 0
        for block in blocks.prefix(Self.namespaceLimit) {
            let bytes = (reader.number(block + "/size") ?? 0) &* 512
            size &+= bytes
            let prefix = "namespace.\(reader.number(block + "/nsid") ?? Self.namespaceNumber(block))."
            component.properties[prefix + "size"] = String(bytes)
            let wwid = reader.text(block + "/wwid")
            component.setProperty(prefix + "wwid", wwid)
            for name in ["uuid", "nguid", "eui"] {
                // `eui` is printed with blanks between the bytes.
                let text = reader.word(block + "/" + name)?.split(separator: " ").joined()
                component.setProperty(prefix + name, text)
            }
            fill(fromWWID: wwid)
        }
        if !blocks.isEmpty { component.properties["size"] = String(size) }
    }

    /// Takes serial and model from a world-wide id of the form `nvme.<vendor>-<serial>-<model>-<nsid>`, all hexadecimal,
    /// which the kernel makes when the namespace has no identifier of its own.
    private mutating func fill(fromWWID wwid: String?) {
        guard let wwid, wwid.hasPrefix("nvme.") else { return }
        let parts = wwid.dropFirst(5).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return }
        if component.ids["vendor"] == nil { component.setID("vendor", String(parts[0])) }
        if component.serial == nil { component.set(.serial, Hex.bytes(parts[1])) }
        if component.model == nil { component.set(.model, Hex.bytes(parts[2])) }
        if VirtualHardware.isKnown([.driveName: component.model]) { component.evidence.access = .virtual }
    }

    /// Takes over a controller of the same drive that was read before.
    private mutating func join(_ other: NVMeDrive) {
        let second = component
        component = other.component
        component.properties.merge(second.properties) { first, _ in first }
        let parents = (other.component.properties["parents"] ?? other.component.properties["parent"] ?? "")
        component.properties["parents"] = parents + " " + (second.properties["parent"] ?? second.location)
    }

    /// The directory of the controller that a namespace's block device hangs on.
    private static func controllerDirectory(of path: DevicePath) -> String? {
        path.directory { DevicePath.isNumbered($0, "nvme") } ?? path.directory(endingAt: DevicePath.isPCIFunction)
    }

    /// Whether `name` is a namespace (`nvme0n1`) or a path to one (`nvme0c1n1`) rather than a partition.
    private static func isNamespace(_ name: String) -> Bool {
        guard name.hasPrefix("nvme") else { return false }
        let rest = name.dropFirst(4).drop { $0.isASCII && $0.isNumber }
        let tail = rest.first == "c" ? rest.dropFirst().drop { $0.isASCII && $0.isNumber } : rest
        return DevicePath.isNumbered(tail, "n")
    }

    private static func namespaceNumber(_ block: String) -> UInt64 {
        block.split(separator: "n").last.flatMap { UInt64($0) } ?? 0
    }
}
