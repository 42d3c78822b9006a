import ArgumentParser
import AssayAgent
import AssayModel
import AssayReport

/// What a verification at a factory line does beyond the verdict.
struct LineOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Station of the line, for the result.", valueName: "name"))
    var station: String?

    @Option(help: ArgumentHelp("Who verifies, for the result.", valueName: "name"))
    var `operator`: String?

    @Flag(help: "Sign the result with the key in the state folder and keep it until a collector has it.")
    var sign = false

    @Flag(help: "Ask the collector what it alone knows of this unit, and deliver the results that wait.")
    var collector = false

    @Flag(help: "Cannot decide unless the collector answers; implies --collector.")
    var requireCollector = false

    @OptionGroup var state: StateOption

    func validate() throws {
        for (name, value) in [("--station", station), ("--operator", self.operator)] {
            guard let value else { continue }
            guard (1...VerificationStatement.nameLimit).contains(value.utf8.count) else {
                throw ValidationError("\(name) takes 1 to \(VerificationStatement.nameLimit) bytes")
            }
        }
    }

    /// Gets ready before the scan; no state folder is touched when none is needed.
    func open() throws -> LineVerification {
        var wishes = LineVerification.Wishes()
        wishes.station = station
        wishes.operator = self.operator
        wishes.signs = sign
        wishes.asksCollector = collector
        wishes.requiresCollector = requireCollector
        do {
            return try LineVerification(
                wishes, state: try wishes.needsState ? state.open() : nil, log: state.logger())
        } catch {
            throw StateOption.exit(error)
        }
    }

    /// What became of the results that wait, for standard error; nothing where there is nothing to say.
    static func words(_ summary: ResultDelivery.Summary) -> [String] {
        var words: [String] = []
        if let failure = summary.failure { words.append("results not delivered: \(failure)") }
        if summary.refused > 0 { words.append("\(summary.refused) results were refused and set aside") }
        if summary.unreadable > 0 {
            words.append("\(summary.unreadable) results cannot be read and were set aside; the log names them")
        }
        if summary.waiting > 0 { words.append("\(summary.waiting) results wait to be delivered") }
        return words
    }
}
