internal import AssayBytes
internal import AssayModel

/// A memory card or a soldered eMMC (`/sys/bus/mmc/devices`).
struct MMCCard {
    /// Reads every card; `blocks` are all block devices, for trees that have no bus folder.
    static func read(with reader: inout SysfsReader, blocks: [BlockDevice]) {
        var cards = Set(reader.devices("/sys/bus/mmc/devices").map { "/sys/bus/mmc/devices/" + $0 })
        if cards.isEmpty {
            cards = Set(blocks.filter { DevicePath.isNumbered($0.name, "mmcblk") }.map { $0.path + "/device" })
        }
        var taken: Set<String> = []
        for path in cards.sorted(by: SysfsReader.inNaturalOrder) {
            // A card with only SDIO functions has no CID; its functions are reported as such.
            guard var component = component(path, with: &reader) else { continue }
            if !taken.insert(component.location).inserted {
                component.location += "/\(component.properties["address"] ?? "")"
            }
            reader.output.components.append(component)
        }
    }

    private static func component(_ path: String, with reader: inout SysfsReader) -> Component? {
        let type = reader.word(path + "/type")
        guard type != "SDIO", reader.exists(path + "/cid") || type != nil else { return nil }
        let canonical = reader.canonicalPath(path) ?? path
        let address = canonical.split(separator: "/").last.map(String.init) ?? ""
        let host = address.split(separator: ":").first.map(String.init) ?? ""
        let number = host.hasPrefix("mmc") ? String(host.dropFirst(3)) : host
        var component = Component(.storage, at: "mmc/" + number, evidence: reader.evidence(path))
        let device = DevicePath(canonical)
        component.properties["kind"] = type == "SD" || type == "SDcombo" ? "sd" : "mmc"
        component.setProperty("address", address.split(separator: ":").last.map(String.init))
        component.setProperty("parent", device?.location)
        // A card reader on USB speaks for the card; one on PCI or the SoC is the host controller itself.
        if device?.usbLocation != nil { component.evidence.access = .bridged }
        addKernelFields(path, to: &component, with: &reader)
        addRegisters(path, to: &component, with: &reader)
        addBlock(path, to: &component, with: &reader)
        return component
    }

    private static func addKernelFields(_ path: String, to component: inout Component, with reader: inout SysfsReader) {
        component.set(.model, reader.textBytes(path + "/name"))
        component.set(.serial, reader.textBytes(path + "/serial"))
        component.setID("manufacturer", reader.word(path + "/manfid"))
        component.setID("oem", reader.word(path + "/oemid"))
        component.set(.firmwareVersion, reader.textBytes(path + "/fwrev"))
        component.set(.revision, reader.textBytes(path + "/hwrev"))
        for (name, attribute) in [
            ("kernelDate", "date"), ("extendedRevision", "rev"), ("productRevision", "prv"), ("lifeTime", "life_time"),
            ("preEOL", "pre_eol_info"), ("rpmbSize", "raw_rpmb_size_mult"), ("fieldFirmwareUpdate", "ffu_capable"),
        ] {
            component.setProperty(name, reader.word(path + "/" + attribute))
        }
    }

    private static func addRegisters(_ path: String, to component: inout Component, with reader: inout SysfsReader) {
        let standard: MMCCardIdentification.Standard = component.properties["kind"] == "sd" ? .sd : .eMMC
        if let register = register(path + "/cid", with: &reader) {
            let revision = component.properties["extendedRevision"].flatMap { SysfsReader.number(in: $0) }
            add(MMCCardIdentification(register, standard: standard, extendedRevision: revision), to: &component)
            component.properties["cid"] = Hex.string(register.bytes)
            if register.checksum == .invalid {
                // The kernel's serial attribute is a field of this register.
                component.serial = nil
                component.properties["raw.serial"] = nil
                reader.note(path + "/cid", .malformed, "checksum is wrong; no serial number is taken from it")
            }
        }
        if let register = register(path + "/csd", with: &reader) {
            component.properties["csd"] = Hex.string(register.bytes)
            if register.checksum == .invalid { reader.note(path + "/csd", .malformed, "checksum is wrong") }
            do throws(ParseFailure) {
                add(try MMCCardSpecificData(register, standard: standard), to: &component)
            } catch {
                reader.note(path + "/csd", .malformed, "\(error)")
            }
        }
        guard standard == .sd else { return }
        let configuration = hexRegister(path + "/scr", with: &reader) { (bytes) throws(ParseFailure) in
            try SDConfiguration(parsing: bytes)
        }
        component.setProperty("specification", configuration?.specification)
        let status = hexRegister(path + "/ssr", with: &reader) { (bytes) throws(ParseFailure) in
            try SDStatus(parsing: bytes)
        }
        guard let status else { return }
        component.setProperty("speedClass", status.speedClass.map(String.init))
        component.properties["uhsGrade"] = String(status.uhsGrade)
        component.properties["videoClass"] = String(status.videoClass)
        component.properties["applicationClass"] = String(status.applicationClass)
    }

    private static func add(_ identification: MMCCardIdentification, to component: inout Component) {
        component.setID("manufacturer", Hex.string(identification.manufacturerID))
        component.setID("oem", Hex.string(identification.oemID))
        if component.model == nil { component.set(.model, identification.productName) }
        if component.serial == nil { component.serial = "0x" + Hex.string(identification.serialNumber) }
        component.properties["productRevision"] = identification.productRevision
        component.setProperty("manufactured", identification.manufactured?.description)
        component.properties["cidChecksum"] = identification.checksum.rawValue
        // The kernel decodes the same register: what it says and what the register holds must agree.
        let serial = component.serial.flatMap { SysfsReader.number(in: $0) }
        if let serial, serial != UInt64(identification.serialNumber) { component.properties["cidDisagrees"] = "serial" }
    }

    private static func add(_ data: MMCCardSpecificData, to component: inout Component) {
        component.properties["csdStructure"] = data.structure
        component.properties["csdChecksum"] = data.checksum.rawValue
        component.properties["commandClasses"] = Hex.string(data.commandClasses)
        component.setProperty("specificationVersion", data.specificationVersion.map { String($0) })
        component.setProperty("capacity", data.capacity.map { String($0) })
        component.setProperty("readBlockLength", data.readBlockLength.map { String($0) })
        component.setProperty("transferRate", data.transferRate.map { String($0) })
        if data.isCopy { component.properties["copy"] = "true" }
        if data.isPermanentlyWriteProtected { component.properties["permanentWriteProtect"] = "true" }
    }

    private static func addBlock(_ path: String, to component: inout Component, with reader: inout SysfsReader) {
        // Boot partitions and the RPMB are block devices of their own below the same card.
        let names = reader.names(path + "/block").filter { DevicePath.isNumbered($0, "mmcblk") }
        for name in names.prefix(1) { reader.addBlockFacts(path + "/block/" + name, to: &component) }
    }

    private static func register(_ path: String, with reader: inout SysfsReader) -> MMCRegister? {
        guard let text = reader.word(path) else { return nil }
        do { return try MMCRegister(hex: text) } catch {
            reader.note(path, .malformed, "\(error)")
            return nil
        }
    }

    private static func hexRegister<T>(
        _ path: String, with reader: inout SysfsReader, _ parse: (RawSpan) throws(ParseFailure) -> T
    ) -> T? {
        guard let text = reader.word(path) else { return nil }
        do throws(ParseFailure) {
            guard let bytes = Hex.bytes(text) else { throw ParseFailure(.badValue, "register digits", at: 0) }
            return try parse(bytes.span.bytes)
        } catch {
            reader.note(path, .malformed, "\(error)")
            return nil
        }
    }
}
