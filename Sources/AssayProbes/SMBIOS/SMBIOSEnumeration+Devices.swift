extension SMBIOSEnumeration {
    /// Device chemistries of a portable battery (7.23.1).
    static let batteryChemistry = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "Lead Acid", "Nickel Cadmium", "Nickel Metal Hydride", "Lithium Ion", "Zinc Air",
                "Lithium Polymer",
            ]
        ))

    /// Cooling device types (7.28.1, bits 4:0).
    static let coolingType = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "Fan", "Centrifugal Blower", "Chip Fan", "Cabinet Fan", "Power Supply Fan",
                "Heat Pipe", "Integrated Refrigeration",
            ]
        ),
        (
            0x10,
            [
                "Active Cooling", "Passive Cooling",
            ]
        ))

    /// Status of a probe or cooling device (7.28.1 and 7.29.1, bits 7:5).
    static let probeStatus = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "OK", "Non-critical", "Critical", "Non-recoverable",
            ]
        ))

    /// Temperature probe locations (7.29.1, bits 4:0).
    static let temperatureLocation = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "Processor", "Disk", "Peripheral Bay", "System Management Module", "Motherboard",
                "Memory Module", "Processor Module", "Power Unit", "Add-in Card", "Front Panel Board",
                "Back Panel Board", "Power System Board", "Drive Back Plane",
            ]
        ))

    /// BMC interface types (7.39.1).
    static let managementInterface = SMBIOSEnumeration(
        (
            0x00,
            [
                "Unknown", "KCS (Keyboard Control Style)", "SMIC (Server Management Interface Chip)",
                "BT (Block Transfer)", "SSIF (SMBus System Interface)",
            ]
        ))

    /// Register spacings of a BMC interface (7.39, offset 10h, bits 7:6).
    static let registerSpacing = SMBIOSEnumeration(
        (
            0x00,
            [
                "Successive Byte Boundaries", "32-bit Boundaries", "16-byte Boundaries",
            ]
        ))

    /// Power supply types (7.40.1, bits 13:10).
    static let powerSupplyType = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "Linear", "Switching", "Battery", "UPS", "Converter", "Regulator",
            ]
        ))

    /// Power supply states (7.40.1, bits 9:7).
    static let powerSupplyStatus = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "OK", "Non-critical", "Critical",
            ]
        ))

    /// Input voltage range switching (7.40.1, bits 6:3).
    static let powerSupplySwitching = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "Manual", "Auto-switch", "Wide Range", "N/A",
            ]
        ))
}
