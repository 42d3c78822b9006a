import ArgumentParser
import AssayAgent
import AssayModel
import AssayNames
import AssayReport
import AssayRules
import AssayTerminal
import AssayTraceability
import Glibc

/// Judges this unit offline.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Judge this unit against a hardware profile and an as-built record, offline.",
        discussion: """
            The profile says what the model may be made of, the record what this very unit was built of. Each expected \
            and each found part has one outcome: matched, matched-alternate, mismatched, missing, unexpected, duplicate \
            or not-verifiable. Without profile and record nothing can be decided.

            --record takes our JSON, a table, paccor's component JSON, a platform certificate, a CycloneDX bill of \
            materials or GS1 EPCIS events, and may be repeated: one record of the unit as it was built, and the deltas of its repairs. What is wrong with their chain is a finding.

            Files are hashed and judged when the profile has a 'files' policy; --no-files leaves them out, which is \
            quick, and the result says so. A saved scan without files cannot PASS a profile that has such a policy \
            unless --no-files is given. Nothing is sent anywhere unless --collector asks for it, and nothing is kept without --sign.

            AT THE FACTORY LINE
              --station and --operator stand in the result. --sign seals it with the
              key in the state folder, the unit's own or a station's, and keeps it
              there until 'verify --collector', 'report' or 'run' delivers it.
              --collector adds what only a collector knows of the unit: serial numbers
              in two places, parts of other devices. Where it cannot be asked the
              result says so and the verdict is that of this unit alone;
              --require-collector then makes a PASS a CANNOT DECIDE.

            WORDS
              OK              the part is the recorded one, or an approved alternate
              MISSING         the recorded part is not there
              EXTRA           a part is there that nothing asks for
              DIFFERENT       a part is there, and is another one
              WRONG FIRMWARE  the firmware is outside of what the profile allows
              CHANGED FILE    a file is not what its policy asks for
              SAME SERIAL     two parts carry one serial number
              OTHER DEVICE'S  the part belongs to another unit
              SUSPECT PART    the part shows what counterfeits show (near proof)
              NOT ALLOWED     a rule decides against what is there: the function of a USB
                              device, a supplier, what only the collector knows
              RESTRICTED      a law forbids the supplier for what --use or profile say
              CANNOT CHECK    what is there could not be read; nobody knows
            Below each stands where it was read, which record and rule ask, and
            what to do.

            EXIT STATUS
              0   PASS: the unit matches its record
              1   FAIL: something differs
              2   CANNOT DECIDE: something could not be seen, or there is no record

            EXAMPLES
              assay-agent verify --profile board.json
              assay-agent verify --profile board.json --record unit-0042.json --format junit
              assay-agent verify --profile board.json --root recorded/ --format json
              assay-agent verify --record base.cer --record delta.cer --trust ca.pem
              assay-agent verify --record base.cer --inventory components.json
              assay-agent verify --profile board.json --record unit.json \\
                --suppliers suppliers.json --use us-federal
              assay-agent verify --profile board.json --record unit.json --no-files \\
                --sign --station L3-7 --operator 4711 --format junit -o result.xml
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, junit
    }

    @Option(help: ArgumentHelp("Hardware profile (assay/profile/v1).", valueName: "file"))
    var profile: String?

    @OptionGroup var records: RecordOptions

    @Option(help: ArgumentHelp("Judge the recorded tree DIR instead of this machine.", valueName: "dir"))
    var root: String?

    @Option(
        help: ArgumentHelp(
            "Judge a saved scan (JSON) or paccor component list instead of this machine.", valueName: "file"))
    var inventory: String?

    @Option(help: "Print as text, JSON or JUnit XML.")
    var format: Format = .text

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to FILE instead of standard output; replaced only when complete.", valueName: "file"))
    var output: String?

    @OptionGroup var judging: JudgementOptions

    @OptionGroup var line: LineOptions

    func validate() throws {
        if inventory != nil, root != nil { throw ValidationError("--inventory and --root exclude each other") }
    }

    func run() throws {
        let profile = try self.profile.map(ProfileFile.read)
        let chain = try records.chain()
        let scanRoot = try RootOption.open(root)
        let target = try OutputTarget(path: output)
        let judge = try judging.judge(
            profile: profile, record: chain?.resolution.effective, defects: chain?.resolution.defects ?? [])
        var line = try self.line.open()
        let (judged, unit) =
            try inventory.map { try judge.saved(UnitReading(saved: $0)) } ?? judge.scan(scanRoot)
        let basis = ResultSigner.Basis(
            profile: try profile.map { try .init($0) }, records: chain?.documents ?? [])
        let result: VerifyResult
        do {
            result = try line.complete(
                judged, of: unit, isThisMachine: inventory == nil && root == nil, against: basis, now: .now)
        } catch {
            throw StateOption.exit(error)
        }
        try target.write(Array(try text(result, in: scanRoot).utf8))
        try target.commit()
        deliver(line)
        if result.verdict.exitStatus != 0 { throw ExitCode(result.verdict.exitStatus) }
    }

    /// The verdict stands whatever becomes of the delivery: what was signed waits in the spool.
    private func deliver(_ line: LineVerification) {
        let sentences: [String]
        do { sentences = try line.deliver().map(LineOptions.words) ?? [] } catch {
            sentences = ["results not delivered: \(error)"]
        }
        for sentence in sentences { Terminal.complain("assay-agent: " + TerminalText.safe(sentence)) }
    }

    private func text(_ result: VerifyResult, in root: ScanRoot) throws -> String {
        switch format {
        case .json: try JSONRenderer.render(result)
        case .junit: JUnitRenderer.render(result)
        case .text:
            TextRenderer.render(
                result,
                style: .init(
                    largeVerdict: output == nil && Terminal.showsOutput, color: output == nil && Terminal.hasColor),
                explain: HardwareNames(of: result.outcomes.flatMap(Self.parts), in: root.host).explained)
        }
    }

    /// The parts of an outcome that are stated by their numbers.
    private static func parts(_ outcome: Outcome) -> [HardwareID] {
        [outcome.expected, outcome.observed].compactMap { text in
            text.flatMap { HardwareID(outcome.componentClass, startOf: $0) }
        }
    }
}
