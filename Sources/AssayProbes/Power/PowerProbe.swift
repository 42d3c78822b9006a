internal import AssayModel

/// Reads batteries and power supplies: who made them and what they were designed for.
///
/// Charge, voltage and everything else that changes while the device runs is left out, so that an unchanged device gives
/// an unchanged inventory.
package struct PowerProbe: Probe {
    /// What the probe is and touches.
    package static let descriptor = ProbeDescriptor(
        id: "power/supplies",
        summary: "Batteries and power supplies with their makers, serial numbers and design values.",
        accesses: [
            .init(
                "/sys/class/power_supply/*/{type,manufacturer,model_name,serial_number,technology,scope,usb_type,"
                    + "energy_full_design,charge_full_design,voltage_min_design,voltage_max_design,manufacture_year,"
                    + "manufacture_month,manufacture_day}")
        ])

    /// Attributes that do not change with use, by property name.
    private static let designValues = [
        ("technology", "technology"), ("scope", "scope"), ("energyFullDesign", "energy_full_design"),
        ("chargeFullDesign", "charge_full_design"), ("voltageMinDesign", "voltage_min_design"),
        ("voltageMaxDesign", "voltage_max_design"),
    ]

    /// A probe without settings.
    package init() {}

    /// Reads every supply below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        for name in reader.devices("/sys/class/power_supply") {
            let path = "/sys/class/power_supply/" + name
            // A recorded tree may hold the directory alone; without a type nothing can be said.
            guard let type = reader.word(path + "/type") else { continue }
            reader.output.components.append(component(name, path, type, with: &reader))
        }
        return reader.output
    }

    private func component(
        _ name: String, _ path: String, _ type: String, with reader: inout SysfsReader
    ) -> Component {
        let isBattery = type == "Battery" || type == "UPS"
        var component = Component(
            isBattery ? .battery : .powerSupply, at: "power/" + name, evidence: reader.evidence(path, .reported))
        component.set(.manufacturer, reader.textBytes(path + "/manufacturer"))
        component.set(.model, reader.textBytes(path + "/model_name"))
        component.set(.serial, reader.textBytes(path + "/serial_number"))
        component.setProperty("type", type)
        for (property, attribute) in Self.designValues {
            component.setProperty(property, reader.word(path + "/" + attribute))
        }
        component.setProperty("manufactured", manufactured(path, with: &reader))
        component.setProperty("parent", reader.canonicalPath(path).flatMap(DevicePath.init)?.location)
        return component
    }

    private func manufactured(_ path: String, with reader: inout SysfsReader) -> String? {
        guard let year = reader.number(path + "/manufacture_year"), year > 0 else { return nil }
        let parts = ["month", "day"].compactMap { reader.number(path + "/manufacture_" + $0) }
        return ([String(year)] + parts.map { $0 < 10 ? "0\($0)" : String($0) }).joined(separator: "-")
    }
}
