import AssayModel
import Testing

@testable import AssayProbes

@Suite("SMBIOS hypervisors")
struct SMBIOSHypervisorTests {
    @Test(arguments: [
        ("QEMU", "Standard PC (Q35 + ICH9, 2009)", "QEMU"), ("VMware, Inc.", "VMware Virtual Platform", "VMware"),
        ("innotek GmbH", "VirtualBox", "VirtualBox"), ("Microsoft Corporation", "Virtual Machine", "Hyper-V"),
        ("Microsoft Corporation", "Surface Pro 7", nil), ("Amazon EC2", "t3.micro", "Amazon EC2"),
        ("Amazon EC2", "c5.metal", nil), ("Google", "Google Compute Engine", "Google Compute Engine"),
        ("Google", "Coral", nil), ("Apple Inc.", "Apple Virtualization Generic Platform", "Apple Virtualization"),
        ("LENOVO", "20ARS19C0C", nil), (nil, nil, nil),
    ])
    func name(_ manufacturer: String?, _ model: String?, _ name: String?) {
        let evidence = Evidence(probe: "smbios/tables", path: "/", access: .reported)
        let system = Component(
            .system, at: "system", evidence: evidence, manufacturer: manufacturer, model: model)
        #expect(SMBIOSHypervisor.name(of: system) == name)
    }
}
