internal import AssayModel
internal import AssayReport
internal import AssayRules
internal import AssayStore

/// What the lines of a section say that somebody may search for.
struct ContentFacts {
    /// Most places that one fact names; a fact of a device with more says so.
    private static let placeLimit = 8
    private static let labelLimit = 160

    private var found: [FactID: Fact] = [:]
    private var places: [FactID: Int] = [:]

    private struct FactID: Hashable {
        var kind: FactKind
        var key: String
    }

    /// Sections that hold something to search for.
    static let sections: [SectionName] = [.platform, .components, .firmware, .packages, .files]

    /// The facts, one a kind and key.
    var facts: [Fact] {
        found.values.sorted { ($0.kind.rawValue, $0.key) < ($1.kind.rawValue, $1.key) }
    }

    /// Reads the lines of an object; those that do not decode are a finding elsewhere.
    init(of bytes: [UInt8], in section: SectionName) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard (try? JSONBody.checkDepth(line)) != nil else { continue }
            switch section {
            case .platform: if let facts = Self.decode(DeviceFacts.self, line) { add(facts) }
            case .components, .firmware: if let component = Self.decode(Component.self, line) { add(component) }
            case .packages: if let package = Self.decode(Package.self, line) { add(package) }
            case .files: if let file = Self.decode(FileEntry.self, line) { add(file) }
            case .boot, .kernel, .gaps: break
            }
        }
    }

    private static func decode<T: Decodable>(_ type: T.Type, _ line: ArraySlice<UInt8>) -> T? {
        try? CanonicalJSON.decode(type, from: line)
    }

    private mutating func add(_ device: DeviceFacts) {
        let label = [device.manufacturer, device.model].compactMap(\.self).joined(separator: " ")
        for name in [device.hostname, device.model, label, device.boardModel, device.sku, device.family] {
            add(.name, name, label, at: "device")
        }
        for serial in [device.serial, device.uuid] { add(serial: serial, label, at: "device") }
    }

    private mutating func add(_ component: Component) {
        guard component.isPresent else { return }
        let label = component.summary
        let place = component.location
        add(serial: component.serial, label, at: place)
        for number in [component.partNumber, component.model] { add(.part, number, label, at: place) }
        add(.firmware, component.firmwareVersion, label, at: place)
        if let vendor = component.ids["vendor"], let device = component.ids["device"] ?? component.ids["product"] {
            add(.id, "\(vendor):\(device)", label, at: place)
        }
        for name in ["permanentAddress", "address"] {
            guard let text = component.properties[name], NetworkAddress(.other, text).isWellFormed else { continue }
            add(.address, FleetIdentities.fold(serial: text), label, at: place)
        }
        for (name, digest) in component.digests { add(.image, digest.hex, "\(label), \(name)", at: place) }
    }

    private mutating func add(_ package: Package) {
        add(.package, "\(package.name) \(package.version)", nil, at: package.architecture)
    }

    private mutating func add(_ file: FileEntry) {
        let key = String(file.digest.hex.prefix(SearchLimits.fileDigits))
        // The path stands in the content; a copy of every path would be most of the index.
        found[FactID(kind: .file, key: key)] = Fact(.file, key)
    }

    private mutating func add(serial: String?, _ label: String, at place: String) {
        guard let serial, !PlaceholderList.standard.contains(serial) else { return }
        add(.serial, FleetIdentities.fold(serial: serial), label, at: place)
    }

    private mutating func add(_ kind: FactKind, _ text: String?, _ label: String?, at place: String?) {
        guard let text else { return }
        let key = Self.key(text)
        guard !key.isEmpty else { return }
        let id = FactID(kind: kind, key: key)
        guard let known = found[id] else {
            found[id] = Fact(kind, key, label: label.map { String($0.prefix(Self.labelLimit)) }, place: place)
            return
        }
        guard let place, let before = known.place, before != place else { return }
        let count = places[id, default: 1]
        guard count <= Self.placeLimit else { return }
        places[id] = count + 1
        found[id]?.place = count == Self.placeLimit ? before + " …" : "\(before), \(place)"
    }

    /// A text in the form of the index: words in lower case, and as many of its bytes as the index keeps.
    static func key(_ text: String) -> String {
        VerificationStatement.clipped(FoldedText.words(text), to: SearchLimits.key)
    }
}
