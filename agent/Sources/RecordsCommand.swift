import ArgumentParser
import AssayAgent
import AssayModel
import AssayReport
import AssayRules
import AssayTerminal

/// `assay-agent records`.
struct RecordsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records", abstract: "Write the record of a unit.", subcommands: [CaptureCommand.self])
}

/// Writes what this unit was built of, at the end of the line.
struct CaptureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture",
        abstract: "Write the as-built record of this unit.",
        discussion: """
            The record lists every part with its serial number, part number and firmware as they are now. With --profile \
            the unit is judged first, and no record is written of one that does not pass: a record states what a good \
            unit was made of. It is judged as 'verify' judges it, on today's date, by the lists and uses that are named, \
            and with its files where the profile has a 'files' policy unless --no-files is given. Parts without a serial number are named, since a swap of such a part for an equal one \
            cannot be seen.

            EXIT STATUS
              0   the record is written
              1   the unit does not pass the profile
              2   whether it passes cannot be decided
              65  the unit states no serial number; name one with --serial

            The time of building is that of the saved scan, where it states one, else now.

            EXAMPLES
              assay-agent records capture --profile board.json --station EOL-3 --operator 4711 --output unit.json
              assay-agent records capture --serial LABEL-0042 --inventory scan.json
            """)

    @Option(help: ArgumentHelp("Judge the unit first by this profile, and name it in the record.", valueName: "file"))
    var profile: String?

    @Option(help: ArgumentHelp("Serial number of the unit, as its label says.", valueName: "text"))
    var serial: String?

    @Option(help: ArgumentHelp("Site.", valueName: "name"))
    var factory: String?

    @Option(help: ArgumentHelp("Line.", valueName: "name"))
    var line: String?

    @Option(help: ArgumentHelp("Station.", valueName: "name"))
    var station: String?

    @Option(name: .customLong("operator"), help: ArgumentHelp("Person or badge.", valueName: "name"))
    var operatorName: String?

    @Option(
        help: ArgumentHelp("Take a saved scan (JSON) instead of this machine.", valueName: "file"))
    var inventory: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to FILE instead of standard output; replaced only when complete.", valueName: "file"))
    var output: String?

    @OptionGroup var judging: JudgementOptions

    func validate() throws {
        let lists = judging.lists
        let says = lists.lists != nil || !lists.uses.isEmpty || !lists.suppliers.isEmpty || judging.files != nil
        guard profile == nil, says else { return }
        throw ValidationError(
            "--lists, --use, --suppliers and --files say how the unit is judged: name a profile with --profile")
    }

    func run() throws {
        let profile = try self.profile.map(ProfileFile.read)
        let target = try OutputTarget(path: output)
        let (unit, takenAt) = try read(profile)
        guard let captured = RecordCapture().record(of: unit, circumstances(profile, takenAt ?? .now)) else {
            throw ExitStatus.fail(
                ExitStatus.badData,
                "the unit states no serial number of its own. Name the one on its label with --serial.")
        }
        do { try RecordJSON.check(captured.record) } catch {
            throw ExitStatus.fail(ExitStatus.badData, "the unit gives no usable record: \(error)")
        }
        try target.write(CanonicalJSON.encodeForPeople(captured.record) + [UInt8(ascii: "\n")])
        try target.commit()
        let count = captured.record.components.count
        Terminal.complain(
            "\(captured.record.citation): \(count) parts, \(captured.untraced.count) without a serial number")
        for part in captured.untraced {
            Terminal.complain("  no serial number: " + TerminalText.safe("\(part.location) \(part.summary)"))
        }
    }

    /// The unit, which passes the profile where there is one, and when it was scanned, where that is known.
    private func read(_ profile: HardwareProfile?) throws -> (InventorySnapshot, Timestamp?) {
        let saved = try inventory.map(UnitReading.init(saved:))
        guard let profile else {
            let unit = try saved ?? UnitReading.live(judging.selection)
            return (unit.inventory, unit.takenAt)
        }
        let judge = try judging.judge(profile: profile)
        let (result, unit) = try saved.map(judge.saved) ?? judge.scan(RootOption.open(nil))
        try requirePass(result, profile)
        return (unit, saved?.takenAt)
    }

    private func circumstances(
        _ profile: HardwareProfile?, _ moment: Timestamp
    ) -> RecordCapture.Circumstances {
        var circumstances = RecordCapture.Circumstances()
        circumstances.serial = serial
        circumstances.profile = profile?.id
        circumstances.factory = factory
        circumstances.line = line
        circumstances.station = station
        circumstances.operatorName = operatorName
        circumstances.builtAt = moment.description
        return circumstances
    }

    private func requirePass(_ result: VerifyResult, _ profile: HardwareProfile) throws {
        guard result.verdict.exitStatus != 0 else { return }
        let causes = result.outcomes.filter { $0.fails || $0.kind == .notVerifiable }
        Terminal.complain("assay-agent: no record is written: the unit does not pass \(profile.citation)")
        for outcome in causes.prefix(20) {
            let place = outcome.location ?? outcome.componentClass.rawValue
            Terminal.complain(
                "  "
                    + TerminalText.safe(
                        "\(outcome.kind.rawValue) \(place) \(outcome.expected ?? outcome.observed ?? "")"))
        }
        let others = result.findings.filter(\.decidesAlone).map(\.title) + result.reasons
        for text in others.prefix(20) { Terminal.complain("  " + TerminalText.safe(text)) }
        throw ExitCode(result.verdict.exitStatus)
    }
}

/// A profile that the user named.
enum ProfileFile {
    /// Reads and checks it, or ends the command with a message that names the field.
    static func read(_ path: String) throws -> HardwareProfile {
        let bytes = try InputFile.read(path, as: "profile", limit: RecordJSON.maximumSize)
        do { return try RecordJSON.profile(from: bytes) } catch {
            throw ExitStatus.fail(
                ExitStatus.badData,
                "\(path) is not a usable profile: \(error). hwprofiles/schema/ describes the form.")
        }
    }
}
