import AssayBytes

/// Text that lspci prints: configuration space as hex (`-xxx`, `-xxxx`), or the decode of it (`-vvv -n`).
struct LspciDump {
    /// One function.
    struct Function {
        /// Address with its domain.
        var address: String
        /// Configuration space, from the hex lines.
        var config: [UInt8] = []
        /// `class: vendor:device`, from the heading.
        var ids = ""
        /// Revision, from the heading; lspci leaves zero out.
        var revision = "00"
        /// `vendor:device` of the subsystem.
        var subsystem: String?
        /// `[offset]` or `[offset vVersion]` with the name of each capability.
        var capabilities: [(place: String, name: String)] = []
    }

    /// The functions in order.
    var functions: [Function] = []

    init(_ text: String) {
        for line in text.split(separator: "\n") { add(line) }
    }

    private mutating func add(_ line: Substring) {
        let words = line.split(separator: " ")
        if let first = words.first, first.hasSuffix(":"), first.utf8.count <= 4, !line.hasPrefix("\t") {
            guard !functions.isEmpty else { return }
            functions[functions.count - 1].config += words.dropFirst().compactMap { UInt8($0, radix: 16) }
        } else if !line.hasPrefix("\t") {
            addHeading(words)
        } else if let text = Self.after("\tCapabilities: [", line), let end = text.firstIndex(of: "]") {
            let name = String(text[end...].dropFirst(2))
            functions[functions.count - 1].capabilities.append((String(text[..<end]), name))
        } else if let text = Self.after("\tSubsystem: ", line) {
            functions[functions.count - 1].subsystem = String(text)
        }
    }

    private mutating func addHeading(_ words: [Substring]) {
        guard words.count > 2, words[0].contains("."), words[0].contains(":") else { return }
        let colons = words[0].filter { $0 == ":" }.count
        var function = Function(address: (colons == 1 ? "0000:" : "") + words[0])
        function.ids = words[1] + " " + words[2]
        if let index = words.firstIndex(of: "(rev") { function.revision = String(words[index + 1].dropLast()) }
        functions.append(function)
    }

    private static func after(_ prefix: String, _ line: Substring) -> Substring? {
        line.hasPrefix(prefix) ? line.dropFirst(prefix.count) : nil
    }
}
