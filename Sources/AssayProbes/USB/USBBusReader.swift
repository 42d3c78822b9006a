internal import AssayBytes
internal import AssayHost
internal import AssayModel
internal import CLibUSB

/// Asks the devices themselves, over libusb, for what sysfs does not hold.
///
/// A suspended device is left asleep, and root hubs are not asked: the kernel would answer for them.
struct USBBusReader {
    /// Time for all devices together; a device that does not answer costs a second for each request.
    private static let budget = Duration.seconds(5)
    /// Language that devices without a list of languages are asked in: English (United States).
    private static let defaultLanguage: UInt16 = 0x0409
    /// Configurations that the kernel looks at (USB_MAXCONFIG).
    private static let configurationLimit = 8

    private let root: HostRoot
    private let probe: String

    /// A reader for one scan of the running system.
    init(_ root: HostRoot, probe: String) {
        self.root = root
        self.probe = probe
    }

    /// Completes `devices`, and appends those that sysfs does not show; returns what went wrong.
    func enrich(_ devices: inout [USBDeviceFacts]) -> [Gap] {
        var known = Dictionary(devices.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var gaps: [Gap] = []
        var denied = 0
        let start = ContinuousClock.now
        do {
            let bus = try USBBus()
            try bus.forEachDevice { device in
                var facts = known[device.name] ?? basics(of: device)
                if ContinuousClock.now - start > Self.budget {
                    gaps.append(gap(device.node, .timedOut, "\(device.name) not asked: the bus took 5 s already"))
                } else if mayOpen(facts, node: device.node, &gaps) {
                    ask(device, &facts, &gaps, &denied)
                }
                known[device.name] = facts
            }
        } catch {
            gaps.append(gap("/dev/bus/usb", error.gapKind, "libusb: \(error)"))
        }
        if denied > 0 {
            gaps.append(
                gap("/dev/bus/usb/*/*", .denied, "\(denied) devices not opened; write access to their nodes opens them")
            )
        }
        devices = known.values.sorted { SysfsReader.inNaturalOrder($0.name, $1.name) }
        return gaps
    }
}

extension USBBusReader {
    private func gap(_ path: String, _ kind: Gap.Kind, _ detail: String) -> Gap {
        Gap(probe: probe, path: path, kind: kind, detail: detail)
    }

    /// What libusb knows of a device that sysfs does not show.
    private func basics(of device: borrowing USBBusDevice) -> USBDeviceFacts {
        var facts = USBDeviceFacts(name: device.name, path: device.node)
        facts.speed = device.speed
        guard let descriptor = try? device.descriptor() else { return facts }
        facts.vendor = Hex.string(descriptor.idVendor)
        facts.product = Hex.string(descriptor.idProduct)
        facts.deviceVersion = Hex.string(descriptor.bcdDevice)
        facts.classCode = USBClassCode(
            descriptor.bDeviceClass, descriptor.bDeviceSubClass, descriptor.bDeviceProtocol)
        return facts
    }

    private func mayOpen(_ facts: USBDeviceFacts, node: String, _ gaps: inout [Gap]) -> Bool {
        guard !facts.isRootHub else { return false }
        let status = try? root.text("/sys/bus/usb/devices/" + facts.name + "/power/runtime_status")
        guard status == "suspended" else { return true }
        gaps.append(gap(node, .excluded, "\(facts.name) is suspended; asking it would wake it"))
        return false
    }

    private func ask(
        _ device: borrowing USBBusDevice, _ facts: inout USBDeviceFacts, _ gaps: inout [Gap], _ denied: inout Int
    ) {
        do {
            let handle = try device.open()
            let live = try handle.descriptor(USBDescriptor.Kind.device, count: USBDeviceDescriptor.length)
            let descriptor: USBDeviceDescriptor
            do { descriptor = try USBDeviceDescriptor(parsing: live.span.bytes) } catch {
                gaps.append(gap(device.node, .malformed, "\(facts.name) answers: \(error)"))
                return
            }
            if let cached = facts.descriptors, cached.prefix(live.count) != live[...] {
                gaps.append(
                    gap(device.node, .malformed, "device descriptor of \(facts.name) differs from the kernel's copy"))
            }
            if facts.descriptors == nil {
                facts.descriptors = live + (try configurations(handle, descriptor))
            }
            readStrings(handle, descriptor, device.node, &facts, &gaps)
            // Devices before USB 2.01 have no BOS, and some of them hang when asked for it.
            if facts.objectStore == nil, descriptor.usbVersion >= 0x0201 {
                facts.objectStore = try objectStore(handle)
            }
        } catch {
            if error.isDenied {
                denied += 1
            } else {
                gaps.append(gap(device.node, error.gapKind, "\(facts.name): \(error)"))
            }
        }
    }

    private func configurations(
        _ handle: borrowing USBBusHandle, _ device: USBDeviceDescriptor
    ) throws(USBBusFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in 0..<min(device.configurationCount, UInt8(Self.configurationLimit)) {
            let header = try handle.descriptor(USBDescriptor.Kind.configuration, index: index, count: 9)
            guard header.count == 9 else { break }
            let total = Int(header[2]) | Int(header[3]) << 8
            bytes += try handle.descriptor(USBDescriptor.Kind.configuration, index: index, count: total)
        }
        return bytes
    }

    private func objectStore(_ handle: borrowing USBBusHandle) throws(USBBusFailure) -> [UInt8]? {
        let kind = USBDescriptor.Kind.binaryObjectStore
        let header = try handle.descriptor(kind, count: USBBinaryObjectStore.headerLength)
        guard let total = try? USBBinaryObjectStore.totalLength(header.span.bytes) else { return header }
        return try handle.descriptor(kind, count: total)
    }

    private func readStrings(
        _ handle: borrowing USBBusHandle, _ device: USBDeviceDescriptor, _ node: String,
        _ facts: inout USBDeviceFacts, _ gaps: inout [Gap]
    ) {
        guard device.manufacturerIndex != 0 || device.productIndex != 0 || device.serialIndex != 0 else { return }
        var language = Self.defaultLanguage
        if let list = try? handle.string(index: 0, language: 0) {
            language = (try? USBStringDescriptor.words(parsing: list.span.bytes))?.first ?? language
        }
        let fields: [(WritableKeyPath<USBDeviceFacts, String?>, UInt8, String)] = [
            (\.manufacturerText, device.manufacturerIndex, "manufacturer"),
            (\.productText, device.productIndex, "product"),
            (\.serialText, device.serialIndex, "serial number"),
        ]
        for (field, index, name) in fields where index != 0 {
            guard let bytes = try? handle.string(index: index, language: language),
                let text = try? USBStringDescriptor.text(parsing: bytes.span.bytes), !text.isEmpty
            else { continue }
            guard let cached = facts[keyPath: field] else {
                facts[keyPath: field] = text
                continue
            }
            if DeviceText.normalize(cached) != DeviceText.normalize(text) {
                gaps.append(gap(node, .malformed, "\(name) of \(facts.name) differs from the kernel's copy"))
            }
        }
    }
}
