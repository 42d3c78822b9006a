internal import AssayModel

/// A part of the inventory, prepared for comparison.
struct FoundPart {
    let component: Component
    /// Where it is; nil when that is not known, as for a part of a record.
    let location: String?
    private let fields: [String: FieldText]
    /// Serial that names the part; nil when there is none or a placeholder.
    let serialKey: String?

    /// Prepares the fields that any expectation of the class states.
    init(_ component: Component, fields names: Set<String>, placeholders: PlaceholderList) {
        self.component = component
        location = component.location.isEmpty ? nil : component.location
        var fields: [String: FieldText] = [:]
        for name in names {
            guard let value = component.value(of: name) else { continue }
            fields[name] = FieldText(value, form: .init(of: name))
        }
        self.fields = fields
        serialKey = component.serial.flatMap { serial in
            placeholders.contains(serial) ? nil : FieldText(serial, form: .words).folded
        }
    }

    /// Value of a field.
    subscript(_ name: String) -> FieldText? { fields[name] }
}

extension Component {
    /// Value of a field by the name that profiles and outcomes use: `serial`, `ids.vendor`, `digests.descriptor`.
    package func value(of field: String) -> String? {
        switch field {
        case "manufacturer": manufacturer
        case "model": model
        case "partNumber": partNumber
        case "serial": serial
        case "revision": revision
        case "firmwareVersion": firmwareVersion
        case "location": location
        default: nestedValue(of: field)
        }
    }

    private func nestedValue(of field: String) -> String? {
        guard let dot = field.firstIndex(of: ".") else { return nil }
        let name = String(field[field.index(after: dot)...])
        switch field[..<dot] {
        case "ids": return ids[name]
        case "digests": return digests[name]?.description
        case "properties": return properties[name]
        default: return nil
        }
    }

    /// Whether this is a part at all: a socket, slot or bay that says it is empty is none.
    package var isPresent: Bool { properties["populated"] != "false" }

    /// The part in one line for a person.
    package var summary: String {
        let name = [manufacturer, model ?? partNumber].compactMap(\.self).filter { !$0.isEmpty }
        var words = name.isEmpty ? [idSummary ?? componentClass.rawValue] : name
        if let partNumber, model != nil, partNumber != model { words.append(partNumber) }
        if !name.isEmpty, let idSummary { words.append("[\(idSummary)]") }
        if let revision { words.append("revision \(revision)") }
        if let firmwareVersion { words.append("firmware \(firmwareVersion)") }
        if let serial { words.append("serial \(serial)") }
        return words.joined(separator: " ")
    }

    private var idSummary: String? {
        guard let vendor = ids["vendor"], let device = ids["device"] ?? ids["product"] else { return nil }
        return "\(vendor):\(device)"
    }
}
