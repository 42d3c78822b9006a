/// One sign by which a hypervisor or an emulation is known: every condition must fit, and no exception.
struct VirtualSign: Sendable {
    /// What a part or a machine shows of itself, as text in lower case.
    enum Fact: Sendable, Hashable, CaseIterable {
        /// PCI vendor id, four hexadecimal digits.
        case pciVendor
        /// PCI subsystem vendor id, four hexadecimal digits.
        case pciSubsystemVendor
        /// PCI vendor and device id: `8086:0d57`.
        case pciFunction
        /// Kernel driver of a network interface or SCSI host.
        case driver
        /// Name of a device on the kernel's platform bus, as a directory of sysfs.
        case platformDevice
        /// Vendor or model text of a drive.
        case driveName
        /// Manufacturer of the system (SMBIOS type 1).
        case systemManufacturer
        /// Model of the system (SMBIOS type 1).
        case systemModel
        /// OEM id of an ACPI table.
        case acpiOEM
    }

    /// How a text has to look.
    enum Form: Sendable, Hashable {
        case equal(String)
        case start(String)
        case part(String)

        func fits(_ text: String) -> Bool {
            switch self {
            case .equal(let whole): text == whole
            case .start(let start): text.hasPrefix(start)
            case .part(let part): text.contains(part)
            }
        }
    }

    /// Whose sign it is.
    let owner: String
    /// What has to be there.
    let conditions: [Fact: Form]
    /// What must not be there.
    let exceptions: [Fact: Form]

    /// Describes a sign.
    init(_ owner: String, _ conditions: [Fact: Form], unless exceptions: [Fact: Form] = [:]) {
        self.owner = owner
        self.conditions = conditions
        self.exceptions = exceptions
    }

    /// Whether what is shown carries this sign.
    func fits(_ shown: [Fact: String]) -> Bool {
        conditions.allSatisfy { fact, form in shown[fact].map(form.fits) ?? false }
            && !exceptions.contains { fact, form in shown[fact].map(form.fits) ?? false }
    }
}
