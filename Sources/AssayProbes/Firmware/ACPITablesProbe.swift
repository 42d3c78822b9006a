internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// Reads the ACPI tables: code and descriptions that the firmware hands to the kernel.
package struct ACPITablesProbe: Probe {
    private static let folder = "/sys/firmware/acpi/tables"
    /// Largest table in bytes; a DSDT with a megabyte is a large one.
    private static let tableLimit = 8 << 20
    private static let countLimit = 512

    /// What is read.
    package static let descriptor = ProbeDescriptor(
        id: "acpi/tables", summary: "ACPI tables and the firmware versions that they state.",
        accesses: [
            .init(folder + "/*", .readSearch, loses: "digests of the ACPI tables, firmware versions in PHAT"),
            .init(folder + "/dynamic/*", .readSearch, loses: "digests of tables that were loaded later"),
        ])

    /// A probe without state.
    package init() {}

    /// Reads the tables below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        for folder in [Self.folder, Self.folder + "/dynamic"] {
            for name in reader.devices(folder, where: Self.isTableName).prefix(Self.countLimit) {
                let path = folder + "/" + name
                guard let bytes = reader.bytes(path, limit: Self.tableLimit), !bytes.isEmpty else {
                    guard reader.output.gaps.last?.kind == .denied else { continue }
                    // What denies one denies all; one gap stands for the folder.
                    reader.output.gaps.removeLast()
                    var gap = Gap(probe: reader.probe, path: Self.folder, kind: .denied, detail: "permission denied")
                    gap.addAdvice("CAP_DAC_READ_SEARCH opens it", for: context.root)
                    reader.output.gaps.append(gap)
                    return reader.output
                }
                Self.add(bytes, name: folder == Self.folder ? name : "dynamic/" + name, path: path, &reader)
            }
        }
        return reader.output
    }

    private static func add(_ bytes: [UInt8], name: String, path: String, _ reader: inout SysfsReader) {
        do throws(ParseFailure) {
            let table = try ACPITable(parsing: bytes.span.bytes)
            reader.output.firmware.append(component(table, bytes, name: name, path: path, reader))
            if ["FACP", "DSDT"].contains(table.signature), table.isChecksumRight {
                reader.output.device.hypervisor = VirtualHardware.owner([
                    .acpiOEM: DeviceText.normalize(table.oemID)
                ])
            }
            if !table.isChecksumRight { throw ParseFailure(.badChecksum, "table", at: 9) }
            if table.signature == "PHAT" {
                let phat = try PlatformHealthAssessmentTable(parsing: bytes.span.bytes)
                addVersions(phat, path: path, &reader)
            }
        } catch {
            reader.note(path, .malformed, "\(error)")
        }
    }

    private static func component(
        _ table: ACPITable, _ bytes: [UInt8], name: String, path: String, _ reader: SysfsReader
    ) -> Component {
        var component = Component(.firmware, at: "fw/acpi/" + name, evidence: reader.evidence(path, .reported))
        component.set(.manufacturer, table.oemID)
        component.set(.model, table.oemTableID)
        component.revision = Hex.string(table.oemRevision)
        component.setProperty("creator", table.creatorID)
        component.properties["creatorRevision"] = Hex.string(table.creatorRevision)
        component.properties["size"] = String(table.length)
        // PHAT records resets and times, so its bytes differ from boot to boot.
        if table.signature != "PHAT" { component.digests["table"] = .sha256(of: bytes.prefix(table.length)) }
        return component
    }

    private static func addVersions(_ phat: PlatformHealthAssessmentTable, path: String, _ reader: inout SysfsReader) {
        var seen: [GUID: Int] = [:]
        for element in phat.versions {
            seen[element.component, default: 0] += 1
            let suffix = seen[element.component] == 1 ? "" : ".\(seen[element.component] ?? 0)"
            var component = Component(
                .firmware, at: "fw/phat/\(element.component)\(suffix)", evidence: reader.evidence(path, .reported))
            component.set(.manufacturer, element.producer)
            component.firmwareVersion = "0x" + Hex.string(element.version)
            reader.output.firmware.append(component)
        }
    }

    /// Four characters and an instance number; FACS is left out, because the kernel and the firmware write to it.
    private static func isTableName(_ name: String) -> Bool {
        let signature = name.utf8.prefix(4)
        return signature.count == 4 && !name.hasPrefix("FACS")
            && signature.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || $0 == 0x5f }
            && name.utf8.dropFirst(4).allSatisfy { (0x30...0x39).contains($0) }
    }
}
