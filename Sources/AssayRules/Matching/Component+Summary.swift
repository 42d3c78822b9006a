package import AssayModel

extension Component {
    /// Whether this is a part at all: a socket, slot or bay that says it is empty is none.
    package var isPresent: Bool { properties["populated"] != "false" }

    /// The part in one line for a person.
    package var summary: String {
        var line = WordLine()
        if let manufacturer, !manufacturer.isEmpty { line.add(manufacturer) }
        if let name = model ?? partNumber, !name.isEmpty { line.add(name) }
        let hasName = !line.isEmpty
        if !hasName { line.add(idSummary ?? componentClass.rawValue) }
        if let partNumber, model != nil, partNumber != model { line.add(partNumber) }
        if hasName, let idSummary { line.add("[", idSummary, "]") }
        if let revision { line.add("revision ", revision) }
        if let firmwareVersion { line.add("firmware ", firmwareVersion) }
        if let serial { line.add("serial ", serial) }
        return line.text
    }

    private var idSummary: String? {
        guard let vendor = ids["vendor"], let device = ids["device"] ?? ids["product"] else { return nil }
        return "\(vendor):\(device)"
    }
}
