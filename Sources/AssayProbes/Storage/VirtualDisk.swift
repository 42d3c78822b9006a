internal import AssayModel

/// A disk that a hypervisor offers through a paravirtual bus (virtio-blk, Xen), or a host's DASD.
struct VirtualDisk {
    /// Reads every such disk; `blocks` are all block devices.
    static func read(with reader: inout SysfsReader, blocks: [BlockDevice]) {
        for device in blocks where ["vd", "xvd", "dasd"].contains(where: device.isLettered) {
            let (name, block) = (device.name, device.path)
            guard let path = reader.canonicalPath(block).flatMap(DevicePath.init), let bus = path.location else {
                continue
            }
            let isMainframeDisk = name.hasPrefix("dasd")
            var component = Component(
                .storage, at: "storage/" + bus, evidence: reader.evidence(block, isMainframeDisk ? .bridged : .virtual))
            component.properties["kind"] = isMainframeDisk ? "dasd" : name.hasPrefix("vd") ? "virtio" : "xen"
            component.set(.serial, reader.textBytes(block + "/serial"))
            component.setProperty("parent", bus)
            if isMainframeDisk { component.setProperty("uid", reader.text(block + "/device/uid")) }
            reader.addBlockFacts(block, to: &component)
            reader.output.components.append(component)
        }
    }
}
