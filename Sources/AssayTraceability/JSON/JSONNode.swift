internal import AssayModel

/// One value of a JSON document and where it stands; keys are found whatever their letter case.
struct JSONNode {
    let tree: JSONTree
    /// Where it stands: `COMPONENTS[3].MODEL`.
    let path: String

    /// Reads a document.
    init(parsing bytes: some Collection<UInt8>) throws(RecordFailure) {
        tree = try RecordJSON.decode(JSONTree.self, from: bytes)
        path = ""
    }

    init(_ tree: JSONTree, at path: String) {
        self.tree = tree
        self.path = path
    }

    /// The values of an object by key.
    func object() throws(RecordFailure) -> [String: JSONTree] {
        guard case .object(let values) = tree else { throw failure("must be an object") }
        return values
    }

    /// The value under the first of `names` that is there and not null.
    func child(_ names: String...) throws(RecordFailure) -> JSONNode? { try child(of: names) }

    private func child(of names: [String]) throws(RecordFailure) -> JSONNode? {
        let values = try object()
        for name in names {
            let key = values[name] == nil ? values.keys.sorted().first { $0.lowercased() == name.lowercased() } : name
            guard let key, let value = values[key], value != .null else { continue }
            return JSONNode(value, at: path.isEmpty ? key : "\(path).\(key)")
        }
        return nil
    }

    /// The values of a list; a value that is no list counts as a list of it.
    func list(most: Int = RecordJSON.maximumEntries) throws(RecordFailure) -> [JSONNode] {
        guard case .list(let values) = tree else { return [self] }
        guard values.count <= most else {
            throw RecordFailure(.tooLarge, field: path, detail: "has more than \(most) entries")
        }
        return values.enumerated().map { JSONNode($1, at: "\(path)[\($0)]") }
    }

    /// The values of the list under the first of `names` that is there; none when absent.
    func list(_ names: String...) throws(RecordFailure) -> [JSONNode] {
        try child(of: names)?.list() ?? []
    }

    /// The text under the first of `names` that is there; numbers and truth values in words, nil when absent or empty.
    func text(_ names: String...) throws(RecordFailure) -> String? {
        guard let node = try child(of: names) else { return nil }
        return try node.text()
    }

    /// The value as text; nil when it is empty.
    func text() throws(RecordFailure) -> String? {
        switch tree {
        case .text(let text):
            guard text.utf8.count <= RecordJSON.maximumText else {
                throw RecordFailure(.tooLarge, field: path, detail: "is longer than \(RecordJSON.maximumText) bytes")
            }
            guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
                throw RecordFailure(.invalid, field: path, detail: "holds a control character")
            }
            return text.isEmpty ? nil : text
        case .number(let number): return "\(number)"
        case .longNumber: throw failure("is a number with more digits than are kept; write it as a text", .invalid)
        case .boolean(let value): return value ? "true" : "false"
        case .null: return nil
        case .list, .object: throw failure("must be a text")
        }
    }

    /// A truth value, as such or as the texts `true` and `false`; nil when absent.
    func boolean(_ names: String...) throws(RecordFailure) -> Bool? {
        guard let node = try child(of: names), let text = try node.text() else { return nil }
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default: throw node.failure("must be true or false")
        }
    }

    /// A failure that names this place.
    func failure(_ detail: String, _ code: RecordFailure.Code = .malformed) -> RecordFailure {
        RecordFailure(code, field: path, detail: detail)
    }
}
