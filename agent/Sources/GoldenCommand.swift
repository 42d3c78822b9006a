import ArgumentParser
import AssayAgent
import AssayModel
import AssayReport
import AssayRules
import AssayTerminal

/// Learns a profile from known-good units, offline.
struct GoldenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "golden",
        abstract: "Learn a hardware profile from units that are known to be good.",
        discussion: """
            Each SCAN is a scan of one good unit (assay-agent scan --format json); without any, this machine is the one \
            unit. Serial numbers and addresses never enter a profile. Where the units differ, the profile takes what they \
            have in common: several makes of a part become alternates, the lowest firmware becomes the minimum, a part \
            that not every unit has becomes optional. What they differ in is said on standard error, so that a person can \
            decide whether it should be so.

            Read the profile before you trust it: it is as good as the units are.

            EXAMPLES
              assay-agent golden --id acme-edge-200 --output acme-edge-200.json
              assay-agent golden --id acme-edge-200 unit-1.json unit-2.json unit-3.json
            """)

    @Option(help: ArgumentHelp("Name of the profile, the same over its versions.", valueName: "name"))
    var id: String

    @Option(help: ArgumentHelp("Version of the profile.", valueName: "text"))
    var version = "1"

    @Option(help: ArgumentHelp("Who vouches for the profile.", valueName: "name"))
    var author: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to FILE instead of standard output; replaced only when complete.", valueName: "file"))
    var output: String?

    @OptionGroup var selection: ScanSelection

    @Argument(help: ArgumentHelp("Scans of good units of one model.", valueName: "scan"))
    var scans: [String] = []

    func validate() throws {
        guard !id.isEmpty, id.utf8.count <= 128, id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw ValidationError("--id has 1 to 128 printable ASCII characters and no blanks")
        }
    }

    func run() throws {
        let target = try OutputTarget(path: output)
        let units = try scans.isEmpty ? [UnitReading.live(selection)] : scans.map(UnitReading.init(saved:))
        var source = RecordProvenance(origin: "learned", date: Timestamp.now.description, author: author)
        source.learnedFrom = units.map(\.name)
        let learned: GoldenLearner.Result
        do {
            learned = try GoldenLearner().learn(
                from: units.map(\.inventory), id: id, version: version, source: source, ownerless: ownerless(units))
        } catch {
            throw ExitStatus.fail(
                ExitStatus.badData, "the scans are not of one model: \(error). Learn each model by itself.")
        }
        try target.write(CanonicalJSON.encodeForPeople(learned.profile) + [UInt8(ascii: "\n")])
        try target.commit()
        report(learned, units: units.count)
    }

    /// Binaries that no package owns on any of the units; nil unless the files of all were read.
    private func ownerless(_ units: [UnitReading]) -> [FileEntry]? {
        let files = units.compactMap(\.ownerless)
        return files.count == units.count ? files.flatMap(\.self) : nil
    }

    private func report(_ learned: GoldenLearner.Result, units: Int) {
        let profile = learned.profile
        Terminal.complain(
            "\(profile.components.count) parts and \(profile.firmware.count) firmware images from \(units) "
                + (units == 1 ? "unit" : "units"))
        for variation in learned.variations { Terminal.complain("  differs: " + TerminalText.safe(variation.summary)) }
        if units == 1 {
            Terminal.complain("  one unit shows nothing of what differs between units; add scans of further good ones")
        }
    }
}
