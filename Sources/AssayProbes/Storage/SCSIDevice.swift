internal import AssayBytes
internal import AssayModel

/// A SCSI logical unit, or a SATA drive behind the kernel's translation, as `/sys/block/sd*` and `sr*` show it.
struct SCSIDevice {
    /// Reads every disk and optical drive; `blocks` are all block devices.
    ///
    /// Logical units of the UFS chips in `ufsDevices` (canonical paths) are left out: the chip is one part.
    static func read(with reader: inout SysfsReader, blocks: [BlockDevice], ufsDevices: Set<String>) {
        var taken: Set<String> = []
        for device in blocks where device.isLettered("sd") || DevicePath.isNumbered(device.name, "sr") {
            let (name, block) = (device.name, device.path)
            let path = reader.canonicalPath(block).flatMap(DevicePath.init)
            if let path, ufsDevices.contains(where: path.isBelow) { continue }
            guard var component = component(block, path, with: &reader) else { continue }
            // Two units that cannot be told apart (old kernels, recorded trees) must not share a location.
            if !taken.insert(component.location).inserted { component.location += "/" + name }
            reader.output.components.append(component)
        }
    }

    private static func component(
        _ block: String, _ path: DevicePath?, with reader: inout SysfsReader
    ) -> Component? {
        let device = block + "/device"
        guard path.map({ !$0.isVirtual }) ?? false || reader.exists(device + "/model") else { return nil }
        var component = Component(
            .storage, at: "storage/" + location(of: path, with: &reader), evidence: reader.evidence(device))
        component.setProperty("parent", path?.location)
        addInquiry(device, to: &component, with: &reader)
        addIdentification(device, to: &component, with: &reader)
        addTranslatedDrive(device, to: &component, with: &reader)
        addAccess(device, path, to: &component, with: &reader)
        reader.addBlockFacts(block, to: &component)
        return component
    }

    /// Parent bus location, port and address of the unit, without the host number, which depends on probing order.
    private static func location(of path: DevicePath?, with reader: inout SysfsReader) -> String {
        guard let path, let unit = path.components.last(where: isUnitAddress) else { return path?.location ?? "scsi" }
        let address = unit.split(separator: ":").dropFirst().joined(separator: ":")
        let prefix = (path.location ?? "scsi") + "/"
        // A SATA controller has one host for each port; the port's own number is stable, the host's is not.
        if let port = path.components.last(where: { DevicePath.isNumbered($0, "ata") }),
            let directory = path.directory(endingAt: { $0 == port })
        {
            let number =
                reader.number(directory + "/ata_port/" + port + "/port_no") ?? rank(of: directory, with: &reader)
            return prefix + "port\(number)/" + address
        }
        return prefix + address
    }

    /// Position of an ATA port among those of its controller, from 1, as `port_no` counts.
    private static func rank(of directory: String, with reader: inout SysfsReader) -> UInt64 {
        guard let slash = directory.lastIndex(of: "/") else { return 1 }
        let siblings = reader.devices(String(directory[..<slash])) { DevicePath.isNumbered($0, "ata") }
        let index = siblings.firstIndex(of: String(directory[directory.index(after: slash)...])) ?? 0
        return UInt64(index) + 1
    }

    private static func isUnitAddress(_ name: String) -> Bool {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt64($0) != nil }
    }

    private static func addInquiry(_ device: String, to component: inout Component, with reader: inout SysfsReader) {
        var vendor = reader.textBytes(device + "/vendor")
        var model = reader.textBytes(device + "/model")
        var revision = reader.textBytes(device + "/rev")
        if model == nil,
            let inquiry = reader.parse(
                device + "/inquiry", { (bytes) throws(ParseFailure) in try SCSIInquiry(parsing: bytes) })
        {
            (vendor, model, revision) = (inquiry.vendor, inquiry.product, inquiry.revision)
        }
        component.set(.model, model)
        component.set(.firmwareVersion, revision)
        // The translation layer writes "ATA" where the maker would stand (SAT-5, 8.1.2).
        let isATA = vendor.flatMap { DeviceText.normalize(DeviceText.decode($0)) } == "ATA"
        if !isATA { component.set(.manufacturer, vendor) }
        component.properties["kind"] = isATA ? "ata" : "scsi"
        component.setProperty("scsiType", reader.word(device + "/type"))
    }

    private static func addIdentification(
        _ device: String, to component: inout Component, with reader: inout SysfsReader
    ) {
        let serial = reader.parse(device + "/vpd_pg80") { (bytes) throws(ParseFailure) in
            try SCSIVitalProductData(parsing: bytes, expected: SCSIVitalProductData.unitSerialNumber).content
        }
        component.set(.serial, serial)
        let identification = reader.parse(device + "/vpd_pg83") { (bytes) throws(ParseFailure) in
            try SCSIDeviceIdentification(parsing: bytes)
        }
        component.setID("wwn", identification?.worldWideName)
        component.setID("eui64", identification?.eui64)
        component.setProperty("t10VendorID", identification?.t10VendorID)
        component.setProperty("wwid", reader.text(device + "/wwid"))
    }

    private static func addTranslatedDrive(
        _ device: String, to component: inout Component, with reader: inout SysfsReader
    ) {
        let information = reader.parse(device + "/vpd_pg89") { (bytes) throws(ParseFailure) in
            try ATAInformation(parsing: bytes)
        }
        guard let information else { return }
        let identify = information.identify
        // What the drive says itself is longer than INQUIRY's 16 and 4 characters.
        let isTrusted = identify.integrity != .invalid
        if !isTrusted {
            reader.note(
                device + "/vpd_pg89", .malformed,
                "checksum of the identify device data is wrong; no serial number or name is taken from it")
            component.digests["identify"] = identify.digest
        }
        for (field, text) in [
            (Component.TextField.model, identify.model), (.serial, isTrusted ? identify.serial : ""),
            (.firmwareVersion, identify.firmware),
        ] where DeviceText.normalize(text) != nil {
            component.properties["raw." + field.rawValue] = nil
            component.set(field, text)
        }
        component.properties["kind"] = "ata"
        component.manufacturer = component.manufacturer == "ATA" ? nil : component.manufacturer
        if isTrusted { component.setID("wwn", identify.worldWideName) }
        component.properties["identifyChecksum"] = identify.integrity.rawValue
        component.properties["identifySectors"] = String(identify.sectors)
        if let rate = identify.rotationRate { component.properties["rotationRate"] = String(rate) }
        component.setProperty("translation", information.translationVendor + " " + information.translationProduct)
    }

    private static func addAccess(
        _ device: String, _ path: DevicePath?, to component: inout Component, with reader: inout SysfsReader
    ) {
        let host = path?.components.last { DevicePath.isNumbered($0, "host") }
        let driver = host.flatMap { reader.word("/sys/class/scsi_host/" + $0 + "/proc_name") }
        component.setProperty("hostDriver", driver)
        let raidLevel = reader.word(device + "/raid_level")
        component.setProperty("raidLevel", raidLevel)
        let channel = path?.components.last(where: isUnitAddress)?.split(separator: ":").dropFirst().first
        let transport = SCSITransport(
            driver: driver, raidLevel: raidLevel, channel: channel.flatMap { UInt64($0) },
            isUSB: path?.usbLocation != nil, names: [component.manufacturer, component.model].compactMap(\.self))
        component.evidence.access = transport.access
        component.setProperty("transport", transport.name)
    }
}
