internal import ArgumentParser
internal import AssayCollector
internal import AssayStore

extension FindingState: ExpressibleByArgument {}
extension Waiver.Scope: ExpressibleByArgument {}

/// Which findings a list holds.
struct FindingFilter: ParsableArguments {
    /// The severities of findings, as words of the command line.
    enum Severity: String, ExpressibleByArgument, CaseIterable {
        case critical, high, medium, low, info
    }

    @Option(name: .long, help: ArgumentHelp("Only those of this device.", valueName: "id")) var device: String?
    @Option(
        name: .customLong("status"),
        help: ArgumentHelp("Only those in this state of their life.", valueName: "status"))
    var state: FindingState?
    @Option(name: .long, help: ArgumentHelp("Only those of this severity.", valueName: "severity"))
    var severity: Severity?
    @Option(name: .long, help: ArgumentHelp("Only those of this rule.", valueName: "id")) var rule: String?
    @Option(
        name: .long,
        help: ArgumentHelp("Only those of devices of this model, as `maker / model`.", valueName: "model"))
    var model: String?
    @Option(name: .long, help: ArgumentHelp("Only those of this cause.", valueName: "cause")) var cause: String?
    @Flag(name: .long, help: "Also those that are resolved.") var all = false
    @Flag(name: .long, help: "Also those that are for information only.") var info = false

    /// The query.
    func query(_ operations: Operations) async throws -> FindingQuery {
        var query = FindingQuery(
            includesResolved: all || state == .resolved, includesInfo: info || severity == .info, order: .severity)
        if let device { query.deviceID = try await operations.device(device).id }
        if let state { query.states = [state] }
        query.severity = severity?.rawValue
        query.rule = rule
        query.cause = cause
        if let model {
            // Written as one reads it in `devices show`, or as waivers name it.
            query.model = model.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return query
    }
}
