internal import AssayModel

/// Tells a virtual machine by what its firmware calls the system.
enum SMBIOSHypervisor {
    /// What names a product, in the maker's and the model's own words.
    private struct Signature: Sendable {
        /// Name of the hypervisor or cloud.
        let name: String
        /// Start of the manufacturer, lower case.
        var manufacturer: String?
        /// Start of the model, lower case.
        var model: String?
    }

    private static let signatures = [
        Signature(name: "QEMU", manufacturer: "qemu"),
        Signature(name: "VMware", manufacturer: "vmware"),
        Signature(name: "VMware", model: "vmware"),
        Signature(name: "VirtualBox", manufacturer: "innotek gmbh"),
        Signature(name: "VirtualBox", model: "virtualbox"),
        Signature(name: "Xen", manufacturer: "xen"),
        Signature(name: "Hyper-V", manufacturer: "microsoft", model: "virtual machine"),
        Signature(name: "Parallels", manufacturer: "parallels"),
        Signature(name: "Bochs", manufacturer: "bochs"),
        Signature(name: "bhyve", manufacturer: "bhyve"),
        Signature(name: "bhyve", model: "bhyve"),
        Signature(name: "KVM", manufacturer: "red hat", model: "kvm"),
        Signature(name: "KVM", model: "kvm"),
        Signature(name: "RHEV", model: "rhev"),
        Signature(name: "oVirt", manufacturer: "ovirt"),
        Signature(name: "OpenStack", model: "openstack"),
        Signature(name: "OpenStack", manufacturer: "openstack"),
        Signature(name: "Google Compute Engine", manufacturer: "google", model: "google compute engine"),
        Signature(name: "Apple Virtualization", manufacturer: "apple", model: "apple virtualization"),
        Signature(name: "Cloud Hypervisor", manufacturer: "cloud hypervisor"),
        Signature(name: "Alibaba Cloud ECS", manufacturer: "alibaba cloud", model: "alibaba cloud ecs"),
        Signature(name: "DigitalOcean", manufacturer: "digitalocean", model: "droplet"),
    ]

    /// Name of the hypervisor that `system` shows; nil for a physical machine, and for one that hides it.
    static func name(of system: Component) -> String? {
        let manufacturer = system.manufacturer?.lowercased() ?? ""
        let model = system.model?.lowercased() ?? ""
        // Bare-metal instances carry the same maker as virtual ones.
        if manufacturer == "amazon ec2" { return model.contains(".metal") ? nil : "Amazon EC2" }
        return signatures.first { signature in
            signature.manufacturer.map(manufacturer.hasPrefix) ?? true && signature.model.map(model.hasPrefix) ?? true
        }?.name
    }
}
