internal import AssayBytes
internal import AssayModel

/// A processor package as the kernel runs it (`/proc/cpuinfo`) and as the firmware's table lists its socket (SMBIOS type
/// 4).
enum ProcessorViews: ViewPair {
    static let partClass = ComponentClass.processor
    static let prefix = "smbios"

    static func isPart(_ component: Component) -> Bool {
        component.componentClass == .processor && component.location.hasPrefix("processor/")
    }

    static func isView(_ component: Component) -> Bool {
        component.componentClass == .processor && component.location.hasPrefix("cpu/")
            && component.properties["populated"] != "false"
    }

    /// The kernel knows no serial number of a processor, so that nothing but their number pairs them.
    static func name(of component: Component) -> String? { nil }

    /// Family, model and stepping against the signature in the table, on x86 where both have them.
    static func agree(_ part: Component, _ view: Component) -> Bool {
        func number(_ name: String) -> UInt32? { part.ids[name].flatMap { UInt32($0, radix: 16) } }
        guard let family = number("family"), let model = number("model"), let stepping = number("stepping"),
            let bytes = view.ids["processorID"].flatMap({ Hex.bytes($0.prefix(8)) }), bytes.count == 4
        else { return true }
        let signature = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return signature == 0 || (family, model, stepping) == decode(signature)
    }

    /// CPUID leaf 1, EAX, as the kernel counts (`x86_family`, `x86_model` and `x86_stepping` of arch/x86/lib/cpu.c).
    private static func decode(_ signature: UInt32) -> (family: UInt32, model: UInt32, stepping: UInt32) {
        var family = signature >> 8 & 0xf
        if family == 0xf { family += signature >> 20 & 0xff }
        var model = signature >> 4 & 0xf
        if family >= 6 { model += (signature >> 16 & 0xf) << 4 }
        return (family, model, signature & 0xf)
    }
}
