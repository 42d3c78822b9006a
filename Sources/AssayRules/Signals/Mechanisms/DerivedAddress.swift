internal import AssayModel

/// A hardware address that the maker derives from another number of the same part.
struct DerivedAddress: SignalMechanism, Decodable {
    /// How the address comes from the number.
    enum Derivation: String, Sendable, Decodable {
        /// PCI Express Device Serial Number: the address with `ff-ff` between its halves (EUI-64 from EUI-48).
        case deviceSerialNumber = "device-serial-number"
        /// First three bytes fixed, last three those of the board's serial number.
        case boardSerial = "board-serial"
        /// The same with every bit of the last three bytes that 555555h has turned over.
        case boardSerialWireless = "board-serial-wireless"
    }

    let address: SignalField
    let number: SignalField
    let derivation: Derivation

    private enum CodingKeys: String, CodingKey, CaseIterable { case mechanism, address, number, derivation }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        address = try values.decode(SignalField.self, forKey: .address)
        number = try values.decode(SignalField.self, forKey: .number)
        derivation = try values.decode(Derivation.self, forKey: .derivation)
    }

    func judge(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer {
        guard let text = subject.text(address), let address = HardwareAddress(text), !address.isLocal,
            let number = subject.text(number), let expected = expected(from: number, address)
        else { return .unknown }
        if expected == address { return .fits }
        return .differs(
            field: self.address.description, observed: text,
            expected: "\(expected), which \(self.number) \(number) gives")
    }

    private func expected(from number: String, _ address: HardwareAddress) -> HardwareAddress? {
        let digits = number.lowercased().filter { $0.isHexDigit }
        switch derivation {
        case .deviceSerialNumber:
            guard digits.count == 16, digits.dropFirst(6).prefix(4) == "ffff" else { return nil }
            return HardwareAddress(String(digits.prefix(6) + digits.suffix(6)))
        case .boardSerial, .boardSerialWireless:
            guard digits.count >= 6, let low = UInt64(digits.suffix(6), radix: 16) else { return nil }
            let turned = derivation == .boardSerial ? low : low ^ 0x55_5555
            return HardwareAddress(value: address.value & 0xffff_ff00_0000 | turned)
        }
    }
}
