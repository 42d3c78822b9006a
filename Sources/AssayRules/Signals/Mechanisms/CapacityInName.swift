internal import AssayModel

/// A product name that states a capacity, against the capacity that the part states.
///
/// Makers name decimal gigabytes or powers of two and keep some for themselves: the size may be from 7/8 of the decimal
/// number to the whole of the binary one.
struct CapacityInName: SignalMechanism, Decodable {
    let name: SignalField
    let size: SignalField
    /// What stands before the number: `SD`, `SL`.
    let prefixes: [String]
    /// Letters after the number, and the bytes of one unit.
    private static let units: [(letter: Character, bytes: UInt64)] = [("g", 1_000_000_000), ("t", 1_000_000_000_000)]

    private enum CodingKeys: String, CodingKey, CaseIterable { case mechanism, name, size, prefixes }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(SignalField.self, forKey: .name)
        size = try values.decode(SignalField.self, forKey: .size)
        prefixes = try values.decode([String].self, forKey: .prefixes).map { $0.lowercased() }
    }

    func judge(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer {
        guard let text = subject.text(name), let stated = stated(text), let size = subject.text(size),
            let bytes = UInt64(size), bytes > 0
        else { return .unknown }
        let low = stated / 8 * 7
        let high = stated.multipliedReportingOverflow(by: 11).partialValue / 10
        if (low...high).contains(bytes) { return .fits }
        return .differs(
            field: self.size.description, observed: "\(bytes) bytes", expected: "about \(stated) bytes, as \(text) says"
        )
    }

    /// The capacity that a name states: `SD64G` is 64 GB.
    private func stated(_ name: String) -> UInt64? {
        let text = name.lowercased()
        guard let prefix = prefixes.first(where: { text.hasPrefix($0) }) else { return nil }
        let rest = text.dropFirst(prefix.count)
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard (1...4).contains(digits.count), let number = UInt64(digits), number > 0,
            let letter = rest.dropFirst(digits.count).first,
            let unit = Self.units.first(where: { $0.letter == letter })
        else { return nil }
        return number * unit.bytes
    }
}
