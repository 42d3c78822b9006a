internal import AssayBytes
internal import AssayModel

/// Reads the displays that are connected: panels that belong to the device, and monitors that do not.
package struct DisplayProbe: Probe {
    /// What the probe is and touches.
    package static let descriptor = ProbeDescriptor(
        id: "display/edid",
        summary: "Connected displays with maker, product code and serial number.",
        accesses: [.init("/sys/class/drm/card*-*/edid")])
    /// Base block and the most extensions that the count byte can state.
    private static let sizeLimit = 256 * 128

    /// A probe without settings.
    package init() {}

    /// Reads every connector below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        var taken: Set<String> = []
        for name in reader.devices("/sys/class/drm", where: { $0.hasPrefix("card") && $0.contains("-") }) {
            let path = "/sys/class/drm/\(name)/edid"
            // An empty file means that nothing is connected.
            guard let bytes = reader.bytes(path, limit: Self.sizeLimit), !bytes.isEmpty else { continue }
            do {
                var component = component(try EDID(parsing: bytes.span.bytes), name, path, with: &reader)
                component.digests["edid"] = .sha256(of: bytes)
                if !taken.insert(component.location).inserted { component.location = "display/" + name }
                reader.output.components.append(component)
            } catch {
                reader.note(path, .malformed, "\(error)")
            }
        }
        return reader.output
    }

    private func component(_ edid: EDID, _ name: String, _ path: String, with reader: inout SysfsReader) -> Component {
        let parent = reader.canonicalPath("/sys/class/drm/" + name).flatMap(DevicePath.init)?.location
        // card numbers depend on probing order; the connector's own name (`eDP-1`) does not.
        let connector = name.split(separator: "-", maxSplits: 1).last.map(String.init) ?? name
        let place = [parent, connector].compactMap(\.self).joined(separator: "/")
        var component = Component("display", at: "display/" + place, evidence: reader.evidence(path))
        component.set(.manufacturer, edid.manufacturer)
        component.set(.model, edid.productName ?? edid.text)
        component.setID("product", Hex.string(edid.productCode))
        if edid.hasValidChecksum {
            component.set(.serial, edid.serialText ?? (edid.serialNumber == 0 ? nil : String(edid.serialNumber)))
            if edid.serialNumber != 0 { component.setID("serial", Hex.string(edid.serialNumber)) }
        } else {
            reader.note(path, .malformed, "checksum of the base block is wrong; no serial number is taken from it")
        }
        component.setProperty("manufactured", edid.manufactured?.description)
        component.setProperty("text", edid.text)
        component.properties["edidVersion"] = edid.version
        component.properties["extensions"] = String(edid.extensionCount)
        component.properties["checksum"] = edid.hasValidChecksum ? "valid" : "invalid"
        component.setProperty("connector", connector)
        component.setProperty("parent", parent)
        return component
    }
}
