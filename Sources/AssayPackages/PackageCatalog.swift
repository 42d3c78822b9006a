/// Every package database that is looked for, in one explicit list.
package enum PackageCatalog {
    /// The readers.
    package static let all: [any PackageDatabaseReader] = [DpkgReader()]
}
