extension SMBIOSEnumeration {
    /// Memory array locations (7.17.1).
    static let memoryArrayLocation = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "System Board Or Motherboard", "ISA Add-on Card", "EISA Add-on Card",
                "PCI Add-on Card", "MCA Add-on Card", "PCMCIA Add-on Card", "Proprietary Add-on Card", "NuBus",
            ]
        ),
        (
            0xa0,
            [
                "PC-98/C20 Add-on Card", "PC-98/C24 Add-on Card", "PC-98/E Add-on Card", "PC-98/Local Bus Add-on Card",
                "CXL Flexbus 1.0",
            ]
        ))

    /// Memory array uses (7.17.2).
    static let memoryArrayUse = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "System Memory", "Video Memory", "Flash Memory", "Non-volatile RAM", "Cache Memory",
            ]
        ))

    /// Memory array error correction types (7.17.3).
    static let memoryErrorCorrection = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "None", "Parity", "Single-bit ECC", "Multi-bit ECC", "CRC",
            ]
        ))

    /// Memory device form factors (7.18.1).
    static let memoryFormFactor = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "SIMM", "SIP", "Chip", "DIP", "ZIP", "Proprietary Card", "DIMM", "TSOP",
                "Row Of Chips", "RIMM", "SODIMM", "SRIMM", "FB-DIMM", "Die", "CAMM",
            ]
        ))

    /// Memory device types (7.18.2).
    static let memoryType = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "DRAM", "EDRAM", "VRAM", "SRAM", "RAM", "ROM", "Flash", "EEPROM", "FEPROM", "EPROM",
                "CDRAM", "3DRAM", "SDRAM", "SGRAM", "RDRAM", "DDR", "DDR2", "DDR2 FB-DIMM", "Reserved", "Reserved",
                "Reserved", "DDR3", "FBD2", "DDR4", "LPDDR", "LPDDR2", "LPDDR3", "LPDDR4",
                "Logical non-volatile device",
                "HBM", "HBM2", "DDR5", "LPDDR5", "HBM3",
            ]
        ))

    /// Memory technologies (7.18.6).
    static let memoryTechnology = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "DRAM", "NVDIMM-N", "NVDIMM-F", "NVDIMM-P", "Intel Optane DC persistent memory",
            ]
        ))
}
