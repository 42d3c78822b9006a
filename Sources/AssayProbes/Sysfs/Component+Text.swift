internal import AssayBytes
package import AssayModel

extension Component {
    /// A named text field, by its name in JSON.
    package enum TextField: String, Sendable, CaseIterable {
        case manufacturer, model, partNumber, serial, revision, firmwareVersion
    }

    /// Sets a field to the normalised form of `raw`, and keeps `raw` as a property when the two differ.
    ///
    /// Text that holds nothing but blanks leaves the field nil, and is kept raw.
    package mutating func set(_ field: TextField, _ raw: String?) {
        guard let raw, !raw.isEmpty else { return }
        set(field, text: raw, bytes: Array(raw.utf8))
    }

    /// Sets a field to the text that `bytes` hold.
    ///
    /// Bytes that text cannot hold (behind a NUL, control characters, no UTF-8) are kept in hexadecimal.
    package mutating func set(_ field: TextField, _ bytes: [UInt8]?) {
        guard let bytes, !bytes.isEmpty else { return }
        set(field, text: DeviceText.decode(bytes), bytes: bytes)
    }

    private mutating func set(_ field: TextField, text raw: String, bytes: [UInt8]) {
        let value = DeviceText.normalize(raw)
        switch field {
        case .manufacturer: manufacturer = value
        case .model: model = value
        case .partNumber: partNumber = value
        case .serial: serial = value
        case .revision: revision = value
        case .firmwareVersion: firmwareVersion = value
        }
        if let evidence = DeviceText.lossyForm(bytes) {
            properties["raw." + field.rawValue] = evidence
        } else if value != raw, !raw.isEmpty {
            properties["raw." + field.rawValue] = raw
        }
    }

    /// Sets a property to the normalised form of `raw`; nil or nothing but blanks changes nothing.
    package mutating func setProperty(_ name: String, _ raw: String?) {
        if let value = raw.flatMap(DeviceText.normalize) { properties[name] = value }
    }

    /// Sets a numeric identity to `text` in lower case without `0x`; anything but hexadecimal digits is left out.
    package mutating func setID(_ name: String, _ text: String?) {
        guard let text = text.flatMap(DeviceText.normalize)?.lowercased() else { return }
        let digits = text.hasPrefix("0x") ? text.dropFirst(2) : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return }
        ids[name] = String(digits)
    }
}
