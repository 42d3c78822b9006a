internal import AssayModel
internal import AssayReport

/// One line of a section as texts by the paths of its fields: `ids.vendor`, `needed.0`.
struct LineFields: Decodable, Sendable, Hashable {
    private(set) var texts: [String: String] = [:]

    init(from decoder: any Decoder) throws {
        try read(decoder, path: "")
    }

    /// Reads a line; nil when it is not JSON.
    init?(line: ArraySlice<UInt8>) {
        do {
            try JSONBody.checkDepth(line)
            self = try CanonicalJSON.decode(LineFields.self, from: line)
        } catch { return nil }
    }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private mutating func read(_ decoder: any Decoder, path: String) throws {
        if let object = try? decoder.container(keyedBy: Key.self) {
            for key in object.allKeys {
                let name = path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
                try read(try object.superDecoder(forKey: key), path: name)
            }
            return
        }
        if var array = try? decoder.unkeyedContainer() {
            var index = 0
            while !array.isAtEnd {
                try read(try array.superDecoder(), path: "\(path).\(index)")
                index += 1
            }
            return
        }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() { return }
        if let flag = try? value.decode(Bool.self) {
            texts[path] = flag ? "true" : "false"
        } else if let number = try? value.decode(Int64.self) {
            texts[path] = String(number)
        } else if let number = try? value.decode(Double.self) {
            texts[path] = String(number)
        } else {
            texts[path] = try value.decode(String.self)
        }
    }

    /// What a line is about: what pairs it with the line of another report.
    func key(in section: SectionName) -> String {
        let names: [String] =
            switch section {
            case .components, .firmware: ["class", "location"]
            case .packages: ["type", "name", "architecture"]
            case .files: ["path", "pathBytes"]
            case .gaps: ["probe", "path"]
            case .kernel: ["name"]
            case .platform, .boot: []
            }
        return names.map { texts[$0] ?? "" }.joined(separator: "\u{1f}")
    }

    /// The same in words.
    func name(in section: SectionName) -> String {
        switch section {
        case .components, .firmware: "\(texts["class"] ?? "part") at \(texts["location"] ?? "no place")"
        case .packages: [texts["name"], texts["architecture"]].compactMap(\.self).joined(separator: " ")
        case .files, .gaps: texts["path"] ?? "no path"
        case .kernel: texts["name"].map { "module \($0)" } ?? "kernel"
        case .platform: "device"
        case .boot: "boot state"
        }
    }

    /// What one line shows of itself beside its name, for a line that has no other side.
    func summary(in section: SectionName) -> String? {
        let names: [String] =
            switch section {
            case .components, .firmware:
                ["manufacturer", "model", "ids.vendor", "ids.device", "ids.product", "serial", "firmwareVersion"]
            case .packages: ["version"]
            case .files: ["kind", "digest"]
            case .gaps: ["kind", "detail"]
            case .kernel: ["version", "sourceVersion"]
            case .platform, .boot: []
            }
        let words = names.compactMap { texts[$0] }.filter { !$0.isEmpty }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
