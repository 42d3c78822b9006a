extension SMBIOSEnumeration {
    /// Structure types (7, table 3).
    static let structureType = SMBIOSEnumeration(
        (
            0x00,
            [
                "BIOS", "System", "Base Board", "Chassis", "Processor", "Memory Controller", "Memory Module", "Cache",
                "Port Connector", "System Slots", "On Board Devices", "OEM Strings", "System Configuration Options",
                "BIOS Language", "Group Associations", "System Event Log", "Physical Memory Array", "Memory Device",
                "32-bit Memory Error", "Memory Array Mapped Address", "Memory Device Mapped Address",
                "Built-in Pointing Device", "Portable Battery", "System Reset", "Hardware Security",
                "System Power Controls", "Voltage Probe", "Cooling Device", "Temperature Probe",
                "Electrical Current Probe", "Out-of-band Remote Access", "Boot Integrity Services", "System Boot",
                "64-bit Memory Error", "Management Device", "Management Device Component",
                "Management Device Threshold Data", "Memory Channel", "IPMI Device", "Power Supply",
                "Additional Information", "Onboard Device", "Management Controller Host Interface", "TPM Device",
                "Processor", "Firmware", "String Property",
            ]
        ))

    /// System wake-up types (7.2.2).
    static let wakeUpType = SMBIOSEnumeration(
        (
            0x00,
            [
                "Reserved", "Other", "Unknown", "APM Timer", "Modem Ring", "LAN Remote", "Power Switch", "PCI PME#",
                "AC Power Restored",
            ]
        ))

    /// Base board types (7.3.2).
    static let boardType = SMBIOSEnumeration(
        (
            0x01,
            [
                "Unknown", "Other", "Server Blade", "Connectivity Switch", "System Management Module",
                "Processor Module", "I/O Module", "Memory Module", "Daughter Board", "Motherboard",
                "Processor+Memory Module", "Processor+I/O Module", "Interconnect Board",
            ]
        ))

    /// Enclosure or chassis types (7.4.1), without the lock bit.
    static let chassisType = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "Desktop", "Low Profile Desktop", "Pizza Box", "Mini Tower", "Tower", "Portable",
                "Laptop", "Notebook", "Hand Held", "Docking Station", "All In One", "Sub Notebook", "Space-saving",
                "Lunch Box", "Main Server Chassis", "Expansion Chassis", "Sub Chassis", "Bus Expansion Chassis",
                "Peripheral Chassis", "RAID Chassis", "Rack Mount Chassis", "Sealed-case PC", "Multi-system",
                "CompactPCI", "AdvancedTCA", "Blade", "Blade Enclosing", "Tablet", "Convertible", "Detachable",
                "IoT Gateway", "Embedded PC", "Mini PC", "Stick PC",
            ]
        ))

    /// Enclosure or chassis states (7.4.2).
    static let chassisState = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "Safe", "Warning", "Critical", "Non-recoverable",
            ]
        ))

    /// Security states of an enclosure (7.4.3).
    static let chassisSecurity = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "None", "External Interface Locked Out", "External Interface Enabled",
            ]
        ))

    /// Firmware inventory states (7.46.5).
    static let firmwareState = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "Disabled", "Enabled", "Absent", "Stand-by Offline", "Stand-by Spare",
                "Unavailable Offline",
            ]
        ))

    /// System boot status (7.33.1); ranges of OEM and product codes follow these.
    static let bootStatus = SMBIOSEnumeration(
        (
            0x00,
            [
                "No errors detected", "No bootable media", "Operating system failed to load",
                "Firmware-detected hardware failure", "Operating system-detected hardware failure",
                "User-requested boot", "System security violation", "Previously-requested image",
                "System watchdog timer expired",
            ]
        ))
}
