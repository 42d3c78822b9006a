extension VirtualHardware {
    /// Every sign, in the order in which they are asked; README.md has the sources.
    static let signs: [VirtualSign] = systems + firmwareTables + functions + drivers + drives

    /// What firmware calls the system (SMBIOS type 1).
    private static let systems = [
        VirtualSign("QEMU", [.systemManufacturer: .start("qemu")]),
        VirtualSign("VMware", [.systemManufacturer: .start("vmware")]),
        VirtualSign("VMware", [.systemModel: .start("vmware")]),
        VirtualSign("VirtualBox", [.systemManufacturer: .start("innotek gmbh")]),
        VirtualSign("VirtualBox", [.systemModel: .start("virtualbox")]),
        VirtualSign("Xen", [.systemManufacturer: .start("xen")]),
        VirtualSign("Hyper-V", [.systemManufacturer: .start("microsoft"), .systemModel: .start("virtual machine")]),
        VirtualSign("Parallels", [.systemManufacturer: .start("parallels")]),
        VirtualSign("Bochs", [.systemManufacturer: .start("bochs")]),
        VirtualSign("bhyve", [.systemManufacturer: .start("bhyve")]),
        VirtualSign("bhyve", [.systemModel: .start("bhyve")]),
        VirtualSign("KVM", [.systemModel: .start("kvm")]),
        VirtualSign("RHEV", [.systemModel: .start("rhev")]),
        VirtualSign("oVirt", [.systemManufacturer: .start("ovirt")]),
        VirtualSign("OpenStack", [.systemModel: .start("openstack")]),
        VirtualSign("OpenStack", [.systemManufacturer: .start("openstack")]),
        VirtualSign(
            "Google Compute Engine",
            [.systemManufacturer: .start("google"), .systemModel: .start("google compute engine")]),
        VirtualSign(
            "Apple Virtualization",
            [.systemManufacturer: .start("apple"), .systemModel: .start("apple virtualization")]),
        VirtualSign("Cloud Hypervisor", [.systemManufacturer: .start("cloud hypervisor")]),
        VirtualSign(
            "Alibaba Cloud ECS",
            [.systemManufacturer: .start("alibaba cloud"), .systemModel: .start("alibaba cloud ecs")]),
        VirtualSign(
            "DigitalOcean", [.systemManufacturer: .start("digitalocean"), .systemModel: .start("droplet")]),
        // Bare-metal instances carry the same maker as virtual ones.
        VirtualSign(
            "Amazon EC2", [.systemManufacturer: .equal("amazon ec2")], unless: [.systemModel: .part(".metal")]),
    ]

    /// The OEM id of FACP and DSDT (ACPI 6.5, 5.2.6), by its start; named as SMBIOS names them where it does.
    ///
    /// `AMAZON` is not here: bare-metal instances carry it too.
    private static let firmwareTables = [
        ("fireck", "firecracker"), ("bochs", "QEMU"), ("bxpc", "QEMU"), ("vrtual", "Hyper-V"), ("msftvm", "Hyper-V"),
        ("vmware", "VMware"), ("vbox", "VirtualBox"), ("xen", "Xen"), ("bhyve", "bhyve"), ("prls", "Parallels"),
        ("cloudh", "Cloud Hypervisor"), ("crosvm", "crosvm"), ("acrn", "ACRN"),
    ].map { VirtualSign($0.1, [.acpiOEM: .start($0.0)]) }

    /// PCI ids, with the owner that the PCI ID registry names.
    private static let functions =
        hypervisorVendors.map { VirtualSign($0.value, [.pciVendor: .equal($0.key)]) }
        // As a subsystem vendor, each marks a chip that the hypervisor copies.
        + hypervisorVendors.map { VirtualSign($0.value, [.pciSubsystemVendor: .equal($0.key)]) }
        // As a subsystem vendor, a cloud operator stands on real cards in its own servers.
        + [("1ae0", "Google"), ("1d0f", "Amazon"), ("1ded", "Alibaba")].map {
            VirtualSign($0.1, [.pciVendor: .equal($0.0)])
        }
        // Functions that exist in emulation alone although the vendor makes chips.
        + [VirtualSign("host bridge of rust-vmm based monitors", [.pciFunction: .equal("8086:0d57")])]

    private static let hypervisorVendors: KeyValuePairs = [
        "1234": "QEMU standard VGA",
        "1414": "Microsoft Hyper-V",
        "15ad": "VMware",
        "1ab8": "Parallels",
        "1af4": "virtio and QEMU subsystems",
        "1b36": "QEMU",
        "5853": "Xen",
        "80ee": "VirtualBox",
    ]

    /// Kernel drivers that serve nothing but a hypervisor's or the kernel's own emulation.
    private static let drivers =
        [
            ("virtio_net", "virtio"), ("virtio_scsi", "virtio"), ("vmxnet3", "VMware"), ("vmw_pvscsi", "VMware"),
            ("hv_netvsc", "Hyper-V"), ("hv_storvsc", "Hyper-V"), ("storvsc", "Hyper-V"), ("storvsc_host", "Hyper-V"),
            ("xen-netfront", "Xen"), ("xen-scsifront", "Xen"), ("vif", "Xen"), ("ibmveth", "IBM PowerVM"),
            ("ibmvscsi", "IBM PowerVM"), ("ena", "Amazon"), ("gve", "Google"), ("veth", "container runtime"),
            ("netdevsim", "kernel test driver"), ("scsi_debug", "kernel test driver"),
        ].map { VirtualSign($0.1, [.driver: .equal($0.0)]) }
        // Host controllers whose devices are elsewhere, or nowhere.
        + [("vhci_hcd", "USB/IP"), ("dummy_hcd", "kernel test driver")].map {
            VirtualSign($0.1, [.platformDevice: .start($0.0)])
        }

    /// Words that emulated drives put into their vendor or model field.
    private static let drives = [
        ("qemu", "QEMU"), ("vbox", "VirtualBox"), ("virtualbox", "VirtualBox"), ("vmware", "VMware"),
        ("virtual disk", "Hyper-V"), ("virtual hd", "Hyper-V"), ("virtual cd", "Hyper-V"), ("virtual dvd", "Hyper-V"),
        ("virtio", "virtio"), ("amazon elastic block store", "Amazon"), ("amazon ec2", "Amazon"),
        ("nvme_card", "Google"), ("persistentdisk", "Google"), ("msft nvme", "Hyper-V"), ("parallels", "Parallels"),
        ("bhyve", "bhyve"),
    ].map { VirtualSign($0.1, [.driveName: .part($0.0)]) }
}
