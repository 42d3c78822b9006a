extension SMBIOSRecord {
    private static let sramTypes = SMBIOSFlags([
        "Other", "Unknown", "Non-burst", "Burst", "Pipeline Burst", "Synchronous", "Asynchronous",
    ])

    /// Cache Information (7.8).
    mutating func decodeCache() {
        addString("Socket Designation", at: 0x04)
        if let bits = structure.word(0x05) {
            let state = bits & 0x80 != 0 ? "Enabled" : "Disabled"
            let socket = bits & 0x08 != 0 ? "Socketed" : "Not Socketed"
            add("Configuration", "\(state), \(socket), Level \((bits & 7) + 1)")
            addCode("Operational Mode", bits >> 8 & 3, .cacheMode)
            addCode("Location", bits >> 5 & 3, .cacheLocation)
        }
        addCacheSize("Installed Size", at: 0x09, extended: 0x17)
        addCacheSize("Maximum Size", at: 0x07, extended: 0x13)
        if let supported = structure.word(0x0b) {
            let items = Self.sramTypes.names(in: UInt64(supported))
            add("Supported SRAM Types", items.isEmpty ? "None" : nil, items: items)
        }
        if let installed = structure.word(0x0d) {
            let items = Self.sramTypes.names(in: UInt64(installed))
            let text = items.isEmpty ? "None" : items.joined(separator: " ")
            add("Installed SRAM Type", text == "Unknown" ? nil : text)
        }
        if let speed = structure.byte(0x0f) { add("Speed", speed == 0 ? nil : "\(speed) ns") }
        addEnumeration("Error Correction Type", at: 0x10, .cacheErrorCorrection)
        addEnumeration("System Type", at: 0x11, .cacheType)
        addEnumeration("Associativity", at: 0x12, .cacheAssociativity)
    }

    /// A size in blocks of 1 KB or, with the top bit, of 64 KB; since 3.1 the double word has it too (7.8.1).
    private mutating func addCacheSize(_ name: String, at offset: Int, extended: Int) {
        let kilobytes: UInt64
        if let size = structure.dword(extended) {
            kilobytes = UInt64(size & 0x7fff_ffff) << (size >> 31 == 1 ? 6 : 0)
        } else if let size = structure.word(offset) {
            kilobytes = UInt64(size & 0x7fff) << (size >> 15 == 1 ? 6 : 0)
        } else {
            return
        }
        addSize(name, byteCount: kilobytes << 10, words: SMBIOSQuantity.kilobytes(kilobytes))
    }
}
