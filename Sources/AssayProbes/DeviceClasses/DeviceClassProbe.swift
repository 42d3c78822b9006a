internal import AssayModel

/// Reads the device classes whose interface is nothing but one-value text files, from a table.
package struct DeviceClassProbe: Probe {
    /// What the probe is and touches.
    package static let descriptor = ProbeDescriptor(
        id: "devices/classes",
        summary: "Thunderbolt, Type-C, HID, audio codecs, CXL, InfiniBand, remote processors and other device classes.",
        accesses: DeviceClassRow.all.map { .init($0.pattern) } + FirmwareVersionRow.all.map { .init($0.pattern) })

    /// A probe without settings.
    package init() {}

    /// Reads every class below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        for row in DeviceClassRow.all { read(row, with: &reader) }
        for row in FirmwareVersionRow.all { row.read(with: &reader) }
        return reader.output
    }

    private func read(_ row: DeviceClassRow, with reader: inout SysfsReader) {
        var taken: Set<String> = []
        for name in reader.devices(row.directory) {
            let path = row.directory + "/" + name
            guard reader.exists(path + "/" + row.required) else { continue }
            var component = component(row, name, path, with: &reader)
            // Devices of one parent are told apart by their order.
            let base = component.location
            var number = 1
            while !taken.insert(component.location).inserted {
                component.location = "\(base)/\(number)"
                number += 1
            }
            reader.output.components.append(component)
        }
    }

    private func component(
        _ row: DeviceClassRow, _ name: String, _ path: String, with reader: inout SysfsReader
    ) -> Component {
        let device = reader.canonicalPath(path).flatMap(DevicePath.init)
        let place = Self.place(row, name, device)
        var component = Component(
            row.componentClass, at: "\(row.componentClass.rawValue)/\(place)",
            evidence: reader.evidence(path, row.access))
        for field in Component.TextField.allCases {
            if let attribute = row.fields[field] { component.set(field, reader.text(path + "/" + attribute)) }
        }
        for (id, attribute) in row.ids { component.setID(id, reader.word(path + "/" + attribute)) }
        for (property, attribute) in row.properties {
            component.setProperty(property, reader.word(path + "/" + attribute))
        }
        for (digest, attribute) in row.digests {
            guard let bytes = reader.bytes(path + "/" + attribute), !bytes.isEmpty else { continue }
            component.digests[digest] = .sha256(of: bytes)
        }
        component.setProperty("driver", reader.linkName(path + "/driver"))
        component.setProperty("parent", device?.location)
        component.properties["kernelName"] = name
        Self.addHIDIdentity(name, row, to: &component)
        return component
    }

    /// Names that carry a place (`0-1`, `hdaudioC0D2`, `port0-partner`) stay; the others are numbered by probing order, so
    /// their parent stands for them.
    private static func place(_ row: DeviceClassRow, _ name: String, _ device: DevicePath?) -> String {
        switch row.componentClass {
        case "thunderbolt", "typec", "nvdimm", "embedded-controller": return name
        case "audio-codec":
            let address = name.split(separator: "D").last.map { "/" + $0 } ?? ""
            return (device?.location ?? name) + address
        default: return device?.location ?? name
        }
    }

    /// HID devices are named by bus, vendor, product and an instance: `0003:046D:C52B.0001`.
    private static func addHIDIdentity(_ name: String, _ row: DeviceClassRow, to component: inout Component) {
        guard row.componentClass == "hid" else { return }
        component.properties["kernelName"] = nil
        let parts = (name.split(separator: ".").first ?? "").split(separator: ":")
        guard parts.count == 3 else { return }
        for (id, part) in zip(["bus", "vendor", "product"], parts) { component.setID(id, String(part)) }
    }
}
