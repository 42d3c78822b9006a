internal import AssayModel
internal import AssayRules
internal import AssayStore

/// What somebody typed, as the keys of the index that it may mean.
struct SearchQuery {
    /// Longest text that is searched for.
    static let lengthLimit = 200
    /// Shortest text of which beginnings are looked for.
    static let shortest = 2

    /// What was typed, without blanks around it.
    let text: String
    /// Keys to look up, in the order in which people read what is found.
    let keys: [(kind: FactKind, key: FactKey)]
    /// Digits that a device id may begin with.
    let deviceDigits: String?
    /// What the id of a finding may begin with.
    let findingPrefix: String?
    /// Serial number or address in the form of the fleet index.
    let serial: String

    /// Reads a text; nil when it is too short or too long to search for.
    init?(_ typed: String) {
        text = String(typed.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard text.utf8.count <= Self.lengthLimit, text.count >= Self.shortest else { return nil }
        let folded = ContentFacts.key(text)
        guard !folded.isEmpty else { return nil }
        let bare = folded.hasPrefix("sha256:") ? String(folded.dropFirst(7)) : folded
        let isHex = bare.utf8.allSatisfy(Operations.isHexDigit)
        deviceDigits = isHex && (4...64).contains(bare.utf8.count) ? bare : nil
        findingPrefix = isHex && (4...64).contains(folded.utf8.count) ? folded : nil
        serial = FleetIdentities.fold(serial: text)
        var keys: [(FactKind, FactKey)] = [(.id, .beginning(Self.numbers(folded)))]
        keys.append((.serial, .beginning(serial)))
        let address = NetworkAddress(.other, text)
        keys.append((.address, address.isWellFormed ? .whole(address.value) : .beginning(folded)))
        keys += [(.name, .beginning(folded)), (.part, .beginning(folded)), (.firmware, .beginning(folded))]
        keys.append((.package, .beginning(Self.package(folded))))
        if isHex, (8...64).contains(bare.utf8.count) {
            keys += [(.image, .beginning(bare)), (.file, .beginning(bare))]
        }
        self.keys = keys
    }

    /// The key that a link of an earlier answer names.
    static func key(_ kind: FactKind, _ text: String) -> String {
        kind == .serial ? FleetIdentities.fold(serial: text) : ContentFacts.key(text)
    }

    /// Numbers as `lsusb` and `lspci` write them, with or without `0x` before each.
    private static func numbers(_ text: String) -> String {
        text.split(separator: ":", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("0x") ? String($0.dropFirst(2)) : String($0) }.joined(separator: ":")
    }

    /// A package as people and programs write it: `openssl 3.0.11`, `openssl=3.0.11`, `pkg:deb/debian/openssl@3.0.11?arch=amd64`.
    private static func package(_ text: String) -> String {
        var name = text[...]
        if name.hasPrefix("pkg:") {
            name = name.prefix { $0 != "?" && $0 != "#" }
            name = name.split(separator: "/").last ?? name
        }
        // The name of an npm package begins with an at sign.
        let separator = name.indices.dropFirst().first { name[$0] == "=" || name[$0] == "@" }
        guard let separator else { return String(name) }
        let version = name[name.index(after: separator)...].drop { $0 == "=" }
        return "\(name[..<separator]) \(version.replacing("%3a", with: ":").replacing("%2b", with: "+"))"
    }
}
