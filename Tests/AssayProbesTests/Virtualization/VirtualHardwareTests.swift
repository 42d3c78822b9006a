import Testing

@testable import AssayProbes

@Suite struct VirtualHardwareTests {
    @Test(
        "PCI functions by their ids",
        arguments: [
            ("1af4", "1041", "1af4", true), ("8086", "1237", "1af4", true), ("8086", "0d57", nil, true),
            ("1d0f", "8061", "1d0f", true), ("15b3", "1007", "1ae0", false), ("8086", "1521", "15d9", false),
            ("0x1AF4", nil, nil, true), ("1d1c", "0100", nil, false), (nil, "1041", nil, false), (nil, nil, nil, false),
        ] as [(String?, String?, String?, Bool)])
    func functions(_ vendor: String?, _ device: String?, _ subsystemVendor: String?, _ isKnown: Bool) {
        #expect(
            VirtualHardware.isKnown(pciVendor: vendor, device: device, subsystemVendor: subsystemVendor) == isKnown)
    }

    @Test(
        "systems by what firmware calls them",
        arguments: [
            ("QEMU", "Standard PC (Q35 + ICH9, 2009)", "QEMU"), ("VMware, Inc.", "VMware Virtual Platform", "VMware"),
            ("innotek GmbH", "VirtualBox", "VirtualBox"), ("Microsoft Corporation", "Virtual Machine", "Hyper-V"),
            ("Microsoft Corporation", "Surface Pro 7", nil), ("Amazon EC2", "t3.micro", "Amazon EC2"),
            ("Amazon EC2", "c5.metal", nil), ("Amazon EC2", nil, "Amazon EC2"),
            ("Google", "Google Compute Engine", "Google Compute Engine"), ("Red Hat", "KVM", "KVM"),
            ("Google", "Coral", nil), ("Apple Inc.", "Apple Virtualization Generic Platform", "Apple Virtualization"),
            ("LENOVO", "20ARS19C0C", nil), (nil, nil, nil),
        ])
    func systems(_ manufacturer: String?, _ model: String?, _ owner: String?) {
        #expect(VirtualHardware.owner([.systemManufacturer: manufacturer, .systemModel: model]) == owner)
    }

    @Test(
        "other parts by one fact",
        arguments: [
            (.acpiOEM, "FIRECK", "firecracker"), (.acpiOEM, "BXPC", "QEMU"), (.acpiOEM, "AMAZON", nil),
            (.acpiOEM, "LENOVO", nil), (.driver, "virtio_net", "virtio"), (.driver, "ena", "Amazon"),
            (.driver, "e1000e", nil), (.driver, "enat", nil), (.driver, "storvsc_host", "Hyper-V"), (.driver, "", nil),
            (.platformDevice, "vhci_hcd.0", "USB/IP"), (.platformDevice, "0000:00:14.0", nil),
            (.driveName, "QEMU HARDDISK", "QEMU"), (.driveName, "Virtual Disk", "Hyper-V"),
            (.driveName, "Samsung SSD 980", nil), (.pciSubsystemVendor, "1ae0", nil),
        ] as [(VirtualSign.Fact, String, String?)])
    func facts(_ fact: VirtualSign.Fact, _ text: String, _ owner: String?) {
        #expect(VirtualHardware.owner([fact: text]) == owner)
    }

    @Test("every sign is in lower case, as it is compared, and states something")
    func signs() {
        for sign in VirtualHardware.signs {
            #expect(!sign.conditions.isEmpty && !sign.owner.isEmpty)
            for form in Array(sign.conditions.values) + Array(sign.exceptions.values) {
                let text =
                    switch form {
                    case .equal(let text), .start(let text), .part(let text): text
                    }
                #expect(text == text.lowercased() && !text.isEmpty, "\(sign.owner)")
            }
        }
        #expect(
            Set(VirtualHardware.signs.flatMap(\.conditions.keys)) == Set(VirtualSign.Fact.allCases))
    }

    @Test("nothing shown is nothing known, and every condition must fit")
    func conditions() {
        #expect(VirtualHardware.owner([:]) == nil)
        #expect(VirtualHardware.owner([.driver: nil, .driveName: nil]) == nil)
        #expect(!VirtualHardware.isKnown([.systemManufacturer: "Microsoft Corporation"]))
    }
}
