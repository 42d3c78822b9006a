extension SMBIOSEnumeration {
    /// Port connector types (7.9.2).
    static let connectorType = SMBIOSEnumeration(
        (
            0x00,
            [
                "None", "Centronics", "Mini Centronics", "Proprietary", "DB-25 male", "DB-25 female", "DB-15 male",
                "DB-15 female", "DB-9 male", "DB-9 female", "RJ-11", "RJ-45", "50 Pin MiniSCSI", "Mini DIN",
                "Micro DIN",
                "PS/2", "Infrared", "HP-HIL", "Access Bus (USB)", "SSA SCSI", "Circular DIN-8 male",
                "Circular DIN-8 female", "On Board IDE", "On Board Floppy", "9 Pin Dual Inline (pin 10 cut)",
                "25 Pin Dual Inline (pin 26 cut)", "50 Pin Dual Inline", "68 Pin Dual Inline",
                "On Board Sound Input From CD-ROM", "Mini Centronics Type-14", "Mini Centronics Type-26",
                "Mini Jack (headphones)", "BNC", "IEEE 1394", "SAS/SATA Plug Receptacle", "USB Type-C Receptacle",
            ]
        ),
        (
            0xa0,
            [
                "PC-98", "PC-98 Hireso", "PC-H98", "PC-98 Note", "PC-98 Full",
            ]
        ),
        (
            0xff,
            [
                "Other"
            ]
        ))

    /// Port types (7.9.3).
    static let portType = SMBIOSEnumeration(
        (
            0x00,
            [
                "None", "Parallel Port XT/AT Compatible", "Parallel Port PS/2", "Parallel Port ECP",
                "Parallel Port EPP",
                "Parallel Port ECP/EPP", "Serial Port XT/AT Compatible", "Serial Port 16450 Compatible",
                "Serial Port 16550 Compatible", "Serial Port 16550A Compatible", "SCSI Port", "MIDI Port",
                "Joystick Port", "Keyboard Port", "Mouse Port", "SSA SCSI", "USB", "Firewire (IEEE P1394)",
                "PCMCIA Type I", "PCMCIA Type II", "PCMCIA Type III", "Cardbus", "Access Bus Port", "SCSI II",
                "SCSI Wide", "PC-98", "PC-98 Hireso", "PC-H98", "Video Port", "Audio Port", "Modem Port",
                "Network Port",
                "SATA", "SAS", "MFDP", "Thunderbolt",
            ]
        ),
        (
            0xa0,
            [
                "8251 Compatible", "8251 FIFO Compatible",
            ]
        ),
        (
            0xff,
            [
                "Other"
            ]
        ))

    /// System slot types (7.10.1).
    static let slotType = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "ISA", "MCA", "EISA", "PCI", "PC Card (PCMCIA)", "VLB", "Proprietary",
                "Processor Card", "Proprietary Memory Card", "I/O Riser Card", "NuBus", "PCI-66", "AGP", "AGP 2x",
                "AGP 4x", "PCI-X", "AGP 8x", "M.2 Socket 1-DP", "M.2 Socket 1-SD", "M.2 Socket 2", "M.2 Socket 3",
                "MXM Type I", "MXM Type II", "MXM Type III", "MXM Type III-HE", "MXM Type IV", "MXM 3.0 Type A",
                "MXM 3.0 Type B", "PCI Express 2 SFF-8639 (U.2)", "PCI Express 3 SFF-8639 (U.2)",
                "PCI Express Mini 52-pin with bottom-side keep-outs",
                "PCI Express Mini 52-pin without bottom-side keep-outs", "PCI Express Mini 76-pin",
                "PCI Express 4 SFF-8639 (U.2)", "PCI Express 5 SFF-8639 (U.2)", "OCP NIC 3.0 Small Form Factor (SFF)",
                "OCP NIC 3.0 Large Form Factor (LFF)", "OCP NIC Prior to 3.0",
            ]
        ),
        (
            0x30,
            [
                "CXL FLexbus 1.0"
            ]
        ),
        (
            0xa0,
            [
                "PC-98/C20", "PC-98/C24", "PC-98/E", "PC-98/Local Bus", "PC-98/Card", "PCI Express", "PCI Express x1",
                "PCI Express x2", "PCI Express x4", "PCI Express x8", "PCI Express x16", "PCI Express 2",
                "PCI Express 2 x1", "PCI Express 2 x2", "PCI Express 2 x4", "PCI Express 2 x8", "PCI Express 2 x16",
                "PCI Express 3", "PCI Express 3 x1", "PCI Express 3 x2", "PCI Express 3 x4", "PCI Express 3 x8",
                "PCI Express 3 x16",
            ]
        ),
        (
            0xb8,
            [
                "PCI Express 4", "PCI Express 4 x1", "PCI Express 4 x2", "PCI Express 4 x4", "PCI Express 4 x8",
                "PCI Express 4 x16", "PCI Express 5", "PCI Express 5 x1", "PCI Express 5 x2", "PCI Express 5 x4",
                "PCI Express 5 x8", "PCI Express 5 x16", "PCI Express 6+", "EDSFF E1", "EDSFF E3",
            ]
        ))

    /// Slot data bus widths (7.10.2).
    static let slotWidth = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "8-bit", "16-bit", "32-bit", "64-bit", "128-bit", "x1", "x2", "x4", "x8", "x12",
                "x16", "x32",
            ]
        ))

    /// Current usage of a slot (7.10.3).
    static let slotUsage = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "Available", "In Use", "Unavailable",
            ]
        ))

    /// Slot lengths (7.10.4).
    static let slotLength = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "Short", "Long", "2.5\" drive form factor", "3.5\" drive form factor",
            ]
        ))

    /// Slot heights (7.10.12).
    static let slotHeight = SMBIOSEnumeration(
        (
            0x00,
            [
                "Not applicable", "Other", "Unknown", "Full height", "Low-profile",
            ]
        ))

    /// Onboard device types (7.42.1), without the status bit.
    static let onboardType = SMBIOSEnumeration(
        (
            0x01,
            [
                "Other", "Unknown", "Video", "SCSI Controller", "Ethernet", "Token Ring", "Sound", "PATA Controller",
                "SATA Controller", "SAS Controller", "Wireless LAN", "Bluetooth", "WWAN", "eMMC", "NVMe Controller",
                "UFS Controller",
            ]
        ))
}
