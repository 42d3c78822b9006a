internal import AssayBytes

/// What a certificate asserts of the trusted building block (attribute `2.23.133.2.19`).
package struct TBBSecurityAssertions: Sendable, Hashable {
    /// Common Criteria evaluation.
    package struct CommonCriteria: Sendable, Hashable {
        package var version = ""
        package var assuranceLevel = 0
        package var evaluationStatus = 0
        package var isPlus = false
        package var strengthOfFunction: Int?
        package var profileIdentifier: String?
        package var profileURI: URIReference?
        package var targetIdentifier: String?
        package var targetURI: URIReference?
    }

    /// FIPS 140 validation.
    package struct FIPSLevel: Sendable, Hashable {
        package var version = ""
        package var level = 0
        package var isPlus = false
    }

    package var version = 0
    package var commonCriteria: CommonCriteria?
    package var fipsLevel: FIPSLevel?
    /// Kind of root of trust for measurement: 0 static, 1 dynamic, 2 non-host, 3 hybrid and further ones.
    package var rtmType: Int?
    package var isISO9000Certified = false
    package var iso9000URI: String?

    /// Reads the attribute's value.
    init(_ element: DERElement) throws(ParseFailure) {
        for field in try element.elements("TBB security assertions", most: 8) {
            switch field.tag {
            case DERTag.integer: version = try field.smallInteger("assertions version")
            case DERTag.contextList(0): commonCriteria = try CommonCriteria(field)
            case DERTag.contextList(1): fipsLevel = try FIPSLevel(field)
            case DERTag.context(2): rtmType = try field.smallInteger("RTM type")
            case DERTag.boolean: isISO9000Certified = try field.boolean("ISO 9000")
            case DERTag.ia5String: iso9000URI = try field.text("ISO 9000 URI")
            default: throw ParseFailure(.badValue, "TBB security assertion", at: field.whole.startIndex)
            }
        }
    }
}

extension TBBSecurityAssertions.CommonCriteria {
    init(_ element: DERElement) throws(ParseFailure) {
        var cursor = try element.list("common criteria")
        version = try cursor.require(DERTag.ia5String, "version").text("common criteria version")
        assuranceLevel = try cursor.require(DERTag.enumerated, "assurance level").smallInteger("assurance level")
        evaluationStatus = try cursor.require(DERTag.enumerated, "status").smallInteger("evaluation status")
        isPlus = try cursor.next(if: DERTag.boolean)?.boolean("plus") ?? false
        while let field = try cursor.next() {
            switch field.tag {
            case DERTag.context(0): strengthOfFunction = try field.smallInteger("strength of function")
            case DERTag.context(1): profileIdentifier = try field.objectIdentifier("protection profile")
            case DERTag.contextList(2): profileURI = try URIReference(field)
            case DERTag.context(3): targetIdentifier = try field.objectIdentifier("security target")
            case DERTag.contextList(4): targetURI = try URIReference(field)
            default: throw ParseFailure(.badValue, "common criteria field", at: field.whole.startIndex)
            }
        }
    }
}

extension TBBSecurityAssertions.FIPSLevel {
    init(_ element: DERElement) throws(ParseFailure) {
        var cursor = try element.list("FIPS level")
        version = try cursor.require(DERTag.ia5String, "version").text("FIPS version")
        level = try cursor.require(DERTag.enumerated, "level").smallInteger("FIPS level")
        isPlus = try cursor.next(if: DERTag.boolean)?.boolean("plus") ?? false
    }
}
