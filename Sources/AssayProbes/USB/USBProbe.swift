internal import AssayHost
internal import AssayModel

/// USB devices: from sysfs always, and from the bus itself where the operator allows device nodes to be opened.
///
/// The bus reader adds what the kernel does not keep (binary object store on older kernels, strings that sysfs lacks)
/// and notices a device that now answers otherwise than when it was enumerated.
package struct USBProbe: Probe {
    /// What is read and what it takes.
    package static let descriptor = ProbeDescriptor(
        id: "usb/devices",
        summary: "USB devices with strings, descriptors, interfaces, drivers and port.",
        accesses: [
            .init("/sys/bus/usb/devices/*/{descriptors,bos_descriptors,idVendor,idProduct,bcdDevice}"),
            .init("/sys/bus/usb/devices/*/{manufacturer,product,serial,speed,removable,authorized,port/connect_type}"),
            .init("/sys/bus/usb/devices/*:*/{driver,bInterfaceClass,bInterfaceSubClass,bInterfaceProtocol}"),
            .init(
                "node:/dev/bus/usb/*/*", .override,
                loses: "binary object store on kernels without bos_descriptors, and the check against the live device"),
        ])

    /// A probe; it has no settings.
    package init() {}

    /// Reads every device.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        let id = Self.descriptor.id
        var sysfs = USBDeviceReader(context.root, probe: id)
        var devices = sysfs.devices()
        var output = sysfs.reader.output
        // Libusb knows the running system alone; a recorded tree has no bus.
        if context.mayOpenDeviceNodes, context.root.isLive, context.root.exists("/dev/bus/usb") {
            let bus = USBBusReader(context.root, probe: id)
            output.gaps += bus.enrich(&devices)
        }
        let explained = Self.explained(output.gaps)
        for facts in devices {
            let (component, gaps) = facts.component(probe: id)
            output.gaps += gaps
            output.components.append(component)
            // A device that hides its ids is a part nevertheless; why they are not known must not be told twice.
            guard component.ids["vendor"] == nil, !explained.contains(facts.path) else { continue }
            let file = facts.path + "/idVendor"
            let detail = "\(facts.name) is on the bus, but shows no vendor id"
            output.gaps.append(Gap(probe: id, path: file, kind: .absent, detail: detail))
        }
        return output
    }

    /// Directories of devices whose ids could not be read for a reason that a gap names already.
    private static func explained(_ gaps: [Gap]) -> Set<String> {
        let telling = gaps.filter { $0.path.hasSuffix("/idVendor") || $0.kind == .denied || $0.kind == .ioError }
        return Set(telling.compactMap { gap in gap.path.lastIndex(of: "/").map { String(gap.path[..<$0]) } })
    }
}
