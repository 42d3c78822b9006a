internal import AssayModel

/// Brings what several units show of one make of a part to one description.
enum GoldenPart {
    /// A field in which the units differ.
    struct Difference {
        var field: String
        var values: [String: Int]
        var treatment: String
    }

    private static let absent = "not stated"

    /// What makes two parts the same make.
    static func identity(_ part: PartDescription) -> [String] {
        let words = [part.manufacturer, part.model, part.partNumber].map { FieldText.foldWords($0 ?? "") }
        let numbers = ["vendor", "device", "product", "subsystemVendor", "subsystemDevice"].map { name in
            FieldText(part.ids[name]?.values.first ?? "", form: .hexadecimal).folded
        }
        return words + numbers
    }

    /// A make in one line for a person.
    static func name(_ part: PartDescription) -> String {
        let words = [part.manufacturer, part.model ?? part.partNumber].compactMap(\.self)
        if !words.isEmpty { return words.joined(separator: " ") }
        let numbers = [part.ids["vendor"], part.ids["device"] ?? part.ids["product"]].compactMap { $0?.values.first }
        return numbers.isEmpty ? "unnamed part" : numbers.joined(separator: ":")
    }

    /// One description that each of `parts`, which are of one make, fulfils.
    static func merge(_ parts: [PartDescription]) -> (part: PartDescription, differences: [Difference]) {
        var merged = parts.first ?? PartDescription()
        var differences: [Difference] = []
        let revisions = count(parts.map(\.revision)) { FieldText.foldWords($0) }
        if revisions.count > 1 {
            merged.revision = nil
            differences.append(Difference(field: "revision", values: revisions, treatment: "not compared"))
        }
        mergeFirmware(parts.map { $0.firmwareVersion?.minimum }, into: &merged, &differences)
        merged.ids = mergeMap("ids", parts.map(\.ids), &differences)
        merged.digests = mergeMap("digests", parts.map(\.digests), &differences)
        merged.properties = mergeMap("properties", parts.map(\.properties), &differences)
        return (merged, differences)
    }

    /// The lowest of `versions`; nil where one is not stated or two have no common order.
    static func lowest(_ versions: [String?]) -> String? {
        var lowest: String?
        for version in versions {
            guard let version else { return nil }
            guard let known = lowest else {
                lowest = version
                continue
            }
            guard let order = VersionOrder.compare(version, known) else { return nil }
            if order == .lower { lowest = version }
        }
        return lowest
    }

    /// How often each value was seen; values that `fold` makes equal count as the first of them.
    static func count(_ values: [String?], _ fold: (String) -> String = { $0 }) -> [String: Int] {
        var names: [String: String] = [:]
        var counts: [String: Int] = [:]
        for value in values {
            let key = value.map { "=" + fold($0) } ?? ""
            let name = names[key] ?? value ?? absent
            names[key] = name
            counts[name, default: 0] += 1
        }
        return counts
    }

    private static func mergeFirmware(
        _ versions: [String?], into part: inout PartDescription, _ differences: inout [Difference]
    ) {
        let counts = count(versions)
        guard counts.count > 1 else { return }
        let lowest = lowest(versions)
        part.firmwareVersion = lowest.map { VersionRequirement(minimum: $0) }
        differences.append(
            Difference(
                field: "firmwareVersion", values: counts,
                treatment: lowest.map { "\($0) or later is accepted" } ?? "not compared"))
    }

    private static func mergeMap(
        _ group: String, _ maps: [[String: AcceptedValues]], _ differences: inout [Difference]
    ) -> [String: AcceptedValues] {
        var merged: [String: AcceptedValues] = [:]
        for name in Set(maps.flatMap(\.keys)).sorted() {
            let field = "\(group).\(name)"
            let form = FieldName(field)?.form ?? .words
            let counts = count(maps.map { $0[name]?.values.first }) { FieldText($0, form: form).folded }
            let isStatedByAll = maps.allSatisfy { $0[name] != nil }
            if isStatedByAll { merged[name] = AcceptedValues(counts.keys.sorted()) }
            guard counts.count > 1 else { continue }
            differences.append(
                Difference(
                    field: field, values: counts,
                    treatment: isStatedByAll ? "each value is accepted" : "not compared"))
        }
        return merged
    }
}
