internal import AssayBytes

/// The platform configuration attribute in its three versions (`2.23.133.5.1.7.1` to `.3`).
struct PlatformConfiguration {
    let version: Int
    var components: [PlatformComponent] = []
    var componentsURI: URIReference?
    var properties: [PlatformProperty] = []
    var propertiesURI: URIReference?

    /// Most components and properties of one certificate.
    static let limit = 4096

    /// Reads the attribute's value.
    init(_ element: DERElement, version: Int, notes: inout Set<String>) throws(ParseFailure) {
        self.version = version
        for field in try element.elements("platform configuration", most: 8) {
            switch (field.tag, version) {
            case (DERTag.contextList(0), 3):
                for item in try field.elements("components", most: Self.limit) {
                    components.append(try PlatformComponent(traits: item, notes: &notes))
                }
            case (DERTag.contextList(0), _):
                for item in try field.elements("components", most: Self.limit) {
                    components.append(try PlatformComponent(item, notes: &notes))
                }
            case (DERTag.contextList(1), 2): componentsURI = try URIReference(field)
            case (DERTag.contextList(1), _), (DERTag.contextList(2), 2):
                for item in try field.elements("properties", most: Self.limit) {
                    properties.append(try PlatformProperty(item))
                }
            case (DERTag.contextList(2), 1), (DERTag.contextList(3), 2): propertiesURI = try URIReference(field)
            default: throw ParseFailure(.badValue, "platform configuration field", at: field.whole.startIndex)
            }
        }
    }
}

extension PlatformProperty {
    /// Reads a `Properties` entry.
    init(_ element: DERElement) throws(ParseFailure) {
        var cursor = try element.list("property")
        self.init(
            name: try cursor.require(DERTag.utf8String, "name").text("property name"),
            value: try cursor.require(DERTag.utf8String, "value").text("property value"))
        if let field = try cursor.next(if: DERTag.context(0)) { status = try PlatformComponent.status(field) }
    }
}
