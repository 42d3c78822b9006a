/// What one page shows; its properties are what its template names.
package protocol ConsolePage: Sendable {
    /// Name of the template below `Templates`.
    static var template: String { get }
    /// Place in the main navigation that the page belongs to.
    static var place: ConsolePlace? { get }
    /// Title in the browser's tab.
    var title: String { get }
}

/// The places of the main navigation, in their order.
package enum ConsolePlace: String, Sendable, Hashable, CaseIterable {
    case overview, devices, findings, expected, suppliers, line, settings

    /// Word in the navigation.
    package var name: String {
        switch self {
        case .overview: "Overview"
        case .devices: "Devices"
        case .findings: "Findings"
        case .expected: "Models & records"
        case .suppliers: "Suppliers"
        case .line: "Factory line"
        case .settings: "Settings"
        }
    }

    /// Where it leads.
    package var path: String { self == .overview ? "/" : "/\(rawValue)" }
}
