internal import AssayModel

/// A USB device has a function that the profile does not allow: a stick that is a keyboard too.
struct USBInterfaceRule: Rule {
    static let descriptor = RuleDescriptor(
        RuleID.usbInterface, "a USB device has a function that the profile does not allow", severity: .high,
        matters:
            "A USB device can type, route traffic or store data beside what it is sold as; a hidden "
            + "function is an attack tool's.",
        advice:
            "Unplug the device and find out who plugged it in. If it belongs there, add its function to the profile.")

    func evaluate(_ context: RuleContext) -> RuleVerdict {
        guard let profile = context.profile, let allowed = profile.usbInterfaces else { return .notApplicable }
        let patterns = allowed.map { Pattern($0.lowercased()) }
        var findings: [Finding] = []
        var gaps: [Gap] = []
        for part in context.inventory.components where part.componentClass == .usb && !LearningPolicy.isRootHub(part) {
            guard let codes = part.properties["interfaces"] else {
                gaps.append(
                    Gap(
                        probe: part.evidence.probe, path: part.evidence.path, kind: .absent,
                        detail: "\(part.location) does not show its functions"))
                continue
            }
            let foreign = Set(codes.split(separator: " ").map { $0.lowercased() })
                .filter { code in !patterns.contains { $0.matches(code) } }.sorted()
            if !foreign.isEmpty { findings.append(finding(part, foreign, allowed, profile, context)) }
        }
        if !findings.isEmpty { return .violated(findings) }
        return gaps.isEmpty ? .satisfied : .undetermined(gaps)
    }

    private func finding(
        _ part: Component, _ foreign: [String], _ allowed: [String], _ profile: HardwareProfile, _ context: RuleContext
    ) -> Finding {
        var finding = Finding(
            rule: Self.descriptor.id, severity: Self.descriptor.severity,
            title: "\(part.location) has the function \(foreign.joined(separator: ", ")), which no list allows",
            source: "\(profile.citation) usbInterfaces", advice: Self.descriptor.advice, componentClass: .usb,
            location: part.location, expected: allowed.joined(separator: " or "),
            observed: "\(part.summary) with \(foreign.joined(separator: ", "))", path: part.evidence.path,
            probe: part.evidence.probe)
        let kind = [part.ids["vendor"] ?? "", part.ids["device"] ?? part.model ?? ""]
        finding.identify(key: kind + foreign, instance: [part.serial ?? part.location])
        return finding
    }
}
