/// The names of one enumerated field of DSP0134, SMBIOS 3.7, in the spelling that Linux tools print.
struct SMBIOSEnumeration: Sendable {
    private let runs: [(first: UInt16, names: [String])]

    /// Takes the names as runs of consecutive codes, lowest first.
    init(_ runs: (UInt16, [String])...) {
        self.runs = runs.map { (first: $0.0, names: $0.1) }
    }

    /// Name of `code`; nil when the standard does not define it.
    subscript(code: UInt16) -> String? {
        for run in runs where code >= run.first {
            let index = Int(code - run.first)
            if index < run.names.count { return run.names[index] }
        }
        return nil
    }

    /// Name of a one-byte `code`.
    subscript(code: UInt8) -> String? { self[UInt16(code)] }
}

/// The names of the bits of one field of DSP0134, lowest bit first; an empty name is a reserved bit.
struct SMBIOSFlags: Sendable {
    private let first: Int
    private let names: [String]

    /// Names the bits from `first` upwards.
    init(from first: Int = 0, _ names: [String]) {
        self.first = first
        self.names = names
    }

    /// Names of the bits that are set in `value`.
    func names(in value: UInt64) -> [String] {
        names.enumerated().compactMap { index, name in
            value >> UInt64(first + index) & 1 == 1 && !name.isEmpty ? name : nil
        }
    }
}
