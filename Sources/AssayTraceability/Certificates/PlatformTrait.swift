internal import AssayBytes
internal import AssayModel

/// One trait of configuration 3: a value with what it is, what it is for, and the registry that gives it its meaning.
struct PlatformTrait {
    /// Kind of value, below `2.23.133.19.1`.
    let identifier: String
    /// What the value says, below `2.23.133.19.2`.
    let category: String
    /// Registry that the value is written after.
    let registry: String
    /// The value.
    let value: DERElement

    /// The trait root of the TCG.
    static let root = "2.23.133.19"

    /// Reads a `Trait`; a description and its place may stand before the value.
    init(_ element: DERElement) throws(ParseFailure) {
        var cursor = try element.list("trait")
        identifier = try cursor.require(DERTag.objectIdentifier, "identifier").objectIdentifier("trait identifier")
        category = try cursor.require(DERTag.objectIdentifier, "category").objectIdentifier("trait category")
        registry = try cursor.require(DERTag.objectIdentifier, "registry").objectIdentifier("trait registry")
        _ = try cursor.next(if: DERTag.context(0))
        _ = try cursor.next(if: DERTag.context(1))
        guard let value = try cursor.next() else { throw ParseFailure(.truncated, "trait value", at: element.offset) }
        self.value = value
    }

    /// Number of the category below the TCG's root; nil for another root's.
    var categoryNumber: Int? {
        let prefix = Self.root + ".2."
        return category.hasPrefix(prefix) ? Int(category.dropFirst(prefix.count)) : nil
    }

    /// The value as text where it is one, its octets in hexadecimal otherwise.
    var text: String {
        if !value.isConstructed, [0x0c, 0x13, 0x16].contains(value.tag), let text = try? value.text("trait") {
            return text
        }
        if value.tag == DERTag.objectIdentifier, let name = try? value.objectIdentifier("trait") { return name }
        if value.tag == DERTag.boolean, let answer = try? value.boolean("trait") { return answer ? "true" : "false" }
        return Hex.string(value.content)
    }
}

extension PlatformComponent {
    /// Reads a component of configuration 3: a list of traits.
    init(traits element: DERElement, notes: inout Set<String>) throws(ParseFailure) {
        let traits = try element.elements("component traits", most: 256)
        for item in traits {
            let trait = try PlatformTrait(item)
            // A whole ComponentIdentifier of profile 1.1 is one trait; the others add to it.
            guard trait.categoryNumber == 26 || trait.identifier == PlatformTrait.root + ".1.5" else { continue }
            self = try PlatformComponent(trait.value, notes: &notes)
        }
        for item in traits { try take(try PlatformTrait(item), &notes) }
    }

    private mutating func take(_ trait: PlatformTrait, _ notes: inout Set<String>) throws(ParseFailure) {
        switch trait.categoryNumber {
        case 7:
            registry = trait.registry
            classValue = Hex.string(trait.value.content)
        case 8: manufacturer = trait.text.orNil
        case 9: model = trait.text.orNil
        case 10: serial = trait.text.orNil
        case 11: status = try Self.status(trait.value)
        case 12: location = trait.text.orNil
        case 13: revision = trait.text.orNil
        case 14: fieldReplaceable = try trait.value.boolean("field replaceable")
        case 21, 22, 23, 24: certificate = try CertificateReference(trait.value)
        case 26: break
        case 29: addresses.append(try Address(trait.value))
        case 31: manufacturerID = try Self.enterpriseNumber(trait.value, &notes)
        case 38: partNumber = trait.text.orNil
        case 40: countryOfOrigin = trait.text.orNil
        default: traits[trait.category] = trait.text
        }
    }
}
