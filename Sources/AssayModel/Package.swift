/// An installed software package as its database records it.
public struct Package: Sendable, Hashable, Codable {
    /// Database family and purl type: `deb`, `rpm`, `apk`, `opkg`, `alpm` ….
    public var type: String
    /// Name.
    public var name: String
    /// Full version, epoch included, as the database spells it.
    public var version: String
    /// Architecture.
    public var architecture: String?
    /// Name of the source package, where it differs or is stated.
    public var source: String?
    /// Version of the source package.
    public var sourceVersion: String?
    /// Maintainer or vendor.
    public var supplier: String?
    /// Installation state where it is not plainly installed: `half-configured`, `unpacked` ….
    public var state: String?
    /// Package URL (ECMA-427).
    public var purl: String
    /// Path of the database it stands in.
    public var database: String

    /// Describes one package.
    public init(type: String, name: String, version: String, purl: String, database: String) {
        self.type = type
        self.name = name
        self.version = version
        self.purl = purl
        self.database = database
    }
}
