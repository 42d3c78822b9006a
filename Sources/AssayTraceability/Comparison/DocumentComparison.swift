package import AssayModel

/// What differs between two revisions of a document, place by place.
///
/// Entries of lists are told apart by what names them, not by their number: one that is put in at the top changes no
/// other.
package struct DocumentComparison: Sendable, Hashable, Codable {
    /// One place that differs.
    package struct Difference: Sendable, Hashable, Codable {
        /// Where: `components[memory dimm/A1].partNumber`.
        package let place: String
        /// What stood there; nil for something that came.
        package let before: String?
        /// What stands there; nil for something that went.
        package let after: String?
    }

    /// Most differences that are kept.
    package static let limit = 1000

    /// The differences in the order of their places.
    package let differences: [Difference]
    /// How many there are beyond those.
    package let omitted: Int

    /// Compares two documents in JSON.
    package init(from old: [UInt8], to new: [UInt8]) throws(RecordFailure) {
        let before = DocumentPlaces(try JSONNode(parsing: old).tree).values
        let after = DocumentPlaces(try JSONNode(parsing: new).tree).values
        var all: [Difference] = []
        for place in Set(before.keys).union(after.keys).sorted() {
            let gone = Self.surplus(of: before[place] ?? [], over: after[place] ?? [])
            let come = Self.surplus(of: after[place] ?? [], over: before[place] ?? [])
            for index in 0..<max(gone.count, come.count) {
                all.append(
                    Difference(
                        place: place, before: index < gone.count ? gone[index] : nil,
                        after: index < come.count ? come[index] : nil))
            }
        }
        differences = Array(all.prefix(Self.limit))
        omitted = all.count - differences.count
    }

    /// The values that one list has more often than another.
    private static func surplus(of values: [String], over others: [String]) -> [String] {
        var counts = Dictionary(others.map { ($0, 1) }, uniquingKeysWith: +)
        return values.filter { value in
            guard let count = counts[value], count > 0 else { return true }
            counts[value] = count - 1
            return false
        }
    }
}

/// The values of a document by their place; the values of a plain list stand at one place.
private struct DocumentPlaces {
    /// What names an entry of a list, wherever it stands.
    private static let names = ["id", "rule", "class", "slot", "location", "designator"]
    /// What tells entries apart that have no place of their own.
    private static let descriptions = ["kind", "status", "name", "manufacturer", "model", "partNumber"]

    private(set) var values: [String: [String]] = [:]

    init(_ tree: JSONTree) { enter(tree, at: "") }

    private mutating func enter(_ tree: JSONTree, at place: String) {
        switch tree {
        case .text(let text): values[place, default: []].append(text)
        case .number(let number): values[place, default: []].append("\(number)")
        case .longNumber: values[place, default: []].append("a long number")
        case .boolean(let value): values[place, default: []].append(value ? "true" : "false")
        case .null: break
        case .object(let members):
            for (key, value) in members { enter(value, at: place.isEmpty ? key : "\(place).\(key)") }
        case .list(let entries): enter(entries, at: place)
        }
    }

    private mutating func enter(_ entries: [JSONTree], at place: String) {
        var seen: [String: Int] = [:]
        for entry in entries {
            guard case .object(let members) = entry else {
                enter(entry, at: place)
                continue
            }
            let name = Self.name(of: members)
            let number = (seen[name] ?? 0) + 1
            seen[name] = number
            enter(entry, at: number == 1 ? "\(place)[\(name)]" : "\(place)[\(name) #\(number)]")
        }
    }

    private static func name(of members: [String: JSONTree]) -> String {
        func words(_ keys: [String]) -> [String] {
            keys.compactMap { key in
                guard case .text(let text)? = members[key] else { return nil }
                return text
            }
        }
        let own = words(names)
        // A class alone names a kind of part, not a part.
        let isPlaced = names.contains { $0 != "class" && members[$0] != nil }
        return (isPlaced ? own : own + words(descriptions)).joined(separator: " ")
    }
}
