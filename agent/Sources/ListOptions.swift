import ArgumentParser
import AssayModel
import AssayRules
import Glibc

/// Which lists judge the unit, for what, and on which day.
struct ListOptions: ParsableArguments {
    @Option(
        name: .customLong("use"),
        help: ArgumentHelp(
            "What the unit is meant for, besides what the profile says; repeatable: us-market, us-federal, us-defense, "
                + "critical-infrastructure, eu ….", valueName: "use"))
    var uses: [String] = []

    @Option(
        help: ArgumentHelp(
            "Newer lists of signals and suppliers than those that are built in: a file, or a folder of .json files.",
            valueName: "path"))
    var lists: String?

    /// The lists that are built in, with the newer ones of `--lists` in their place.
    func ruleLists() throws -> RuleLists {
        guard let lists else { return .standard }
        let files = try Self.files(lists)
        guard !files.isEmpty else {
            throw ExitStatus.fail(ExitStatus.noInput, "\(lists) holds no .json file.")
        }
        return try RuleLists.standard.replacing(with: files.map(Self.document))
    }

    /// Today.
    var today: CalendarDay { CalendarDay(secondsSince1970: Int64(time(nil))) }

    private static func document(_ path: String) throws -> ListDocument {
        let bytes = try InputFile.read(path, as: "list", limit: RecordJSON.maximumSize)
        do { return try ListDocument(json: bytes) } catch {
            throw ExitStatus.fail(ExitStatus.badData, "\(path) is not a usable list: \(error).")
        }
    }

    /// The file itself, or every .json file below a folder but those that the rules do not read.
    private static func files(_ path: String) throws -> [String] {
        guard let folder = opendir(path) else { return [path] }
        defer { closedir(folder) }
        var found: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix(".") { continue }
            let child = path + "/" + name
            if entry.pointee.d_type == UInt8(DT_DIR) {
                found += try files(child)
            } else if name.hasSuffix(".json"), !ListDocument.otherFiles.contains(name) {
                found.append(child)
            }
        }
        return found.sorted()
    }
}
