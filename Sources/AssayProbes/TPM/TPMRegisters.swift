internal import AssayBytes
internal import AssayModel

/// Platform configuration registers: one file each since Linux 5.12, one text for TPM 1.2 before.
enum TPMRegisters {
    /// Registers of the PC Client profile (TCG PC Client Platform TPM Profile 1.05, 4.6).
    private static let count = 24
    /// Registers that change by themselves: IMA extends 10 with every file that it measures, anyone may reset and extend
    /// 16 (debug) and 23 (application support).
    static let leftOut: Set<Int> = [10, 16, 23]
    private static let digestSizes = ["sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64, "sm3-256": 32]

    /// Values by bank and index; nil when none can be read.
    static func read(_ path: String, _ reader: inout SysfsReader) -> [String: [String: String]]? {
        var banks: [String: [String: String]] = [:]
        for name in reader.names(path) where name.hasPrefix("pcr-") {
            let bank = String(name.dropFirst(4))
            let values = files(path + "/" + name, bank, &reader)
            if !values.isEmpty { banks[bank] = values }
        }
        if banks.isEmpty {
            for file in [path + "/pcrs", path + "/device/pcrs"] {
                guard let text = reader.text(file) else { continue }
                let values = parse(text)
                if values.isEmpty { reader.note(file, .malformed, "no register in it") }
                if !values.isEmpty { banks["sha1"] = values }
                break
            }
        }
        return banks.isEmpty ? nil : banks
    }

    /// Reads the text of a TPM 1.2: `PCR-00: 3A 3F 78 …`.
    static func parse(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("PCR-") {
            let parts = line.dropFirst(4).split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let index = Int(parts[0]), isKept(index) else { continue }
            let digits = parts[1].filter { $0 != " " }
            if isValue(digits, bank: "sha1") { values[String(index)] = digits.lowercased() }
        }
        return values
    }

    private static func files(_ path: String, _ bank: String, _ reader: inout SysfsReader) -> [String: String] {
        var values: [String: String] = [:]
        for name in reader.names(path) {
            guard let index = Int(name), isKept(index) else { continue }
            guard let word = reader.word(path + "/" + name) else {
                // A module that denies or fails one register does so for all of them.
                if reader.output.gaps.last?.path == path + "/" + name { return values }
                continue
            }
            guard isValue(word, bank: bank) else {
                reader.note(path + "/" + name, .malformed, "no digest of \(bank)")
                continue
            }
            values[String(index)] = word.lowercased()
        }
        return values
    }

    private static func isKept(_ index: Int) -> Bool { (0..<count).contains(index) && !leftOut.contains(index) }

    private static func isValue(_ text: String, bank: String) -> Bool {
        guard let bytes = Hex.bytes(text), !bytes.isEmpty else { return false }
        return digestSizes[bank].map { $0 == bytes.count } ?? (bytes.count <= 64)
    }
}
