internal import AssayBytes
internal import AssayModel

/// What the readers found out about one device, before it becomes a component.
///
/// Both readers fill the same facts; what the first one knows is kept.
struct USBDeviceFacts: Sendable, Hashable {
    /// Kernel name: bus and ports (`1-1.2`), or `usb1` for a root hub.
    var name: String
    /// Path that was read, for evidence and gaps.
    var path: String
    /// How directly the device itself was seen.
    var access = Evidence.Access.direct
    /// Device and configuration descriptors.
    var descriptors: [UInt8]?
    /// Binary object store.
    var objectStore: [UInt8]?
    /// idVendor as four digits.
    var vendor: String?
    /// idProduct as four digits.
    var product: String?
    /// bcdDevice as four digits.
    var deviceVersion: String?
    /// Class, subclass and protocol of the device.
    var classCode: USBClassCode?
    /// Classes of the interfaces in use, for a device without readable descriptors.
    var interfaceClasses: [USBClassCode] = []
    /// Manufacturer string exactly as read.
    var manufacturerText: String?
    /// Product string exactly as read.
    var productText: String?
    /// Serial number string exactly as read.
    var serialText: String?
    /// Speed in Mbit/s.
    var speed: String?
    /// Drivers bound to interfaces.
    var drivers: Set<String> = []
    /// Properties that need no decoding.
    var properties: [String: String] = [:]

    /// Whether this is a root hub, whose descriptors the kernel writes.
    var isRootHub: Bool { DevicePath.isNumbered(name, "usb") }

    /// Location of the device in an inventory.
    var location: String { "usb/" + name }

    /// Location of the hub above: the root hub for a device without a dot; nil for a root hub.
    var parent: String? {
        if isRootHub { return nil }
        if let dot = name.lastIndex(of: ".") { return "usb/" + name[..<dot] }
        return name.firstIndex(of: "-").map { "usb/usb" + name[..<$0] }
    }

    /// Takes from `other` what is not known yet.
    mutating func fill(from other: USBDeviceFacts) {
        descriptors = descriptors ?? other.descriptors
        objectStore = objectStore ?? other.objectStore
        manufacturerText = manufacturerText ?? other.manufacturerText
        productText = productText ?? other.productText
        serialText = serialText ?? other.serialText
        speed = speed ?? other.speed
        properties.merge(other.properties) { mine, _ in mine }
    }

    /// The component, and what was wrong with the bytes.
    func component(probe: String) -> (Component, [Gap]) {
        var part = Component(.usb, at: location, evidence: Evidence(probe: probe, path: path, access: access))
        var gaps: [Gap] = []
        let set = parseDescriptors(probe, &gaps)
        part.properties = properties
        part.properties["parent"] = parent ?? properties["parent"]
        setIDs(set, &part)
        part.set(.manufacturer, manufacturerText)
        part.set(.model, productText)
        part.set(.serial, serialText)
        let classes = set?.interfaceClasses ?? interfaceClasses.sorted()
        if !classes.isEmpty { part.properties["interfaces"] = classes.map(\.description).joined(separator: " ") }
        if !drivers.isEmpty { part.properties["drivers"] = drivers.sorted().joined(separator: " ") }
        part.setProperty("speed", speed)
        if let set { describe(set, &part) }
        describeObjectStore(probe, &part, &gaps)
        return (part, gaps)
    }
}

extension USBDeviceFacts {
    private func parseDescriptors(_ probe: String, _ gaps: inout [Gap]) -> USBDescriptorSet? {
        guard let descriptors else { return nil }
        let file = path + "/descriptors"
        if descriptors.count > USBDescriptorSet.byteLimit {
            gaps.append(
                Gap(
                    probe: probe, path: file, kind: .tooLarge,
                    detail: "descriptors of \(name): only the first \(USBDescriptorSet.byteLimit) bytes are looked at"))
        }
        do {
            let set = try USBDescriptorSet(
                parsing: descriptors.span.bytes.extracting(first: USBDescriptorSet.byteLimit))
            if let fault = set.fault, descriptors.count <= USBDescriptorSet.byteLimit {
                gaps.append(malformed(file, fault, probe))
            }
            return set
        } catch {
            gaps.append(malformed(file, error, probe))
            return nil
        }
    }

    private func malformed(_ file: String, _ failure: ParseFailure, _ probe: String) -> Gap {
        Gap(probe: probe, path: file, kind: .malformed, detail: "descriptors of \(name): \(failure)")
    }

    private func setIDs(_ set: USBDescriptorSet?, _ part: inout Component) {
        part.ids["vendor"] = vendor ?? set.map { Hex.string($0.device.vendor) }
        part.ids["device"] = product ?? set.map { Hex.string($0.device.product) }
        part.ids["class"] = (set?.device.classCode ?? classCode)?.hex
        let version = deviceVersion ?? set.map { Hex.string($0.device.deviceVersion) }
        part.ids["revision"] = version
        part.revision = version.flatMap { UInt16($0, radix: 16) }.map(Self.decimal)
    }

    private func describe(_ set: USBDescriptorSet, _ part: inout Component) {
        part.properties["usbVersion"] = Self.decimal(set.device.usbVersion)
        part.properties["configurations"] = "\(set.device.configurationCount)"
        part.properties["maxPacketSize"] = "\(set.device.maxPacketSize0)"
        if let power = set.configurations.first?.maxPower {
            // A unit is 2 mA, or 8 mA at SuperSpeed (USB 3.2, 9.6.3).
            let isSuperSpeed = (speed.flatMap { Int($0) } ?? 0) >= 5000
            part.properties["maxPower"] = "\(Int(power) * (isSuperSpeed ? 8 : 2))mA"
        }
        guard let descriptors else { return }
        part.digests["descriptors"] = .sha256(of: descriptors)
        part.digests["identity"] = set.identityDigest(isRootHub: isRootHub)
        part.properties["usbguardHash"] = USBGuardHash.text(
            name: productText ?? "", vendor: part.ids["vendor"] ?? "", product: part.ids["device"] ?? "",
            serial: serialText ?? "", descriptors: descriptors)
    }

    private func describeObjectStore(_ probe: String, _ part: inout Component, _ gaps: inout [Gap]) {
        guard let objectStore else { return }
        part.digests["bos"] = .sha256(of: objectStore)
        do {
            let store = try USBBinaryObjectStore(parsing: objectStore.span.bytes)
            if let fault = store.fault { gaps.append(malformed(path + "/bos_descriptors", fault, probe)) }
            part.properties["containerId"] = store.containerID.map { "\($0)" }
            let types = Set(store.capabilities.map(\.type)).sorted().map { Hex.string($0) }
            if !types.isEmpty { part.properties["capabilities"] = types.joined(separator: " ") }
        } catch {
            gaps.append(malformed(path + "/bos_descriptors", error, probe))
        }
    }

    /// Binary-coded decimal `0x0415` as `4.15` (USB 2.0, 9.6.1); digits over nine stay as they are.
    static func decimal(_ value: UInt16) -> String {
        String(value >> 8, radix: 16) + "." + Hex.string(UInt8(truncatingIfNeeded: value))
    }
}
