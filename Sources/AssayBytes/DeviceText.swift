/// Text that a device or its firmware supplies: any bytes may come, harmless text goes out.
public enum DeviceText {
    /// Decodes UTF-8 when the bytes are that, ISO 8859-1 otherwise; stops at the first NUL.
    ///
    /// Nothing else is changed, so that the raw value can be kept as evidence.
    public static func decode(_ bytes: some Collection<UInt8>) -> String {
        let body = Array(bytes.prefix { $0 != 0 })
        if let text = String(validating: body, as: UTF8.self) { return text }
        var text = ""
        for byte in body { text.unicodeScalars.append(Unicode.Scalar(byte)) }
        return text
    }

    /// The bytes in hexadecimal where ``decode(_:)`` loses some of them; nil where its text is as good as the bytes.
    ///
    /// So it is behind a NUL, unless nothing but padding follows, with control characters, and with bytes that are no
    /// UTF-8.
    public static func lossyForm(_ bytes: some Collection<UInt8>) -> String? {
        let bytes = Array(bytes)
        let body = bytes.prefix { $0 != 0 }
        let isCut = bytes[body.endIndex...].contains { $0 != 0 }
        let hasControls = body.contains { $0 < 0x20 || $0 == 0x7f }
        guard isCut || hasControls || String(validating: body, as: UTF8.self) == nil else { return nil }
        return Hex.string(isCut ? bytes[...] : body)
    }

    /// The normalised form: control and format characters become blanks, runs of blanks become one, ends are trimmed.
    ///
    /// Returns nil when nothing is left.
    public static func normalize(_ text: String) -> String? {
        var scalars = String.UnicodeScalarView()
        var pendingBlank = false
        for scalar in text.unicodeScalars {
            if isBlank(scalar) {
                pendingBlank = !scalars.isEmpty
                continue
            }
            if pendingBlank { scalars.append(" ") }
            pendingBlank = false
            scalars.append(scalar)
        }
        return scalars.isEmpty ? nil : String(scalars)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value <= 0x20 || scalar.value == 0x7f }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .surrogate:
            return true
        default: return false
        }
    }
}
