import ArgumentParser
import AssayModel
import AssayRules
import AssayTerminal
import Glibc

/// Which lists judge the unit, for what, and on which day.
struct ListOptions: ParsableArguments {
    @Option(
        name: .customLong("use"),
        help: ArgumentHelp(
            "What the unit is meant for, besides what the profile says; repeatable. The words are those of the lists: "
                + "us-market, us-federal, us-defense, us-intelligence, critical-infrastructure, government-facility, "
                + "national-security, public-safety, eu; and kinds of product that lists restrict by where they are made: "
                + "consumer-router, power-inverter, robotic-device, uncrewed-aircraft. Another word is refused.",
            valueName: "use"))
    var uses: [String] = []

    @Option(
        help: ArgumentHelp(
            "Newer lists of signals and suppliers than those that are built in: a file, or a folder of .json files. "
                + "A copy that is older than the built-in one is named and not used; one of a day to come is refused.",
            valueName: "path"))
    var lists: String?

    @Option(
        help: ArgumentHelp(
            "Supplier graph (assay/supplier-graph/v1): parts whose record names a company of it, or whose maker is one, "
                + "are followed to its owners and sellers; repeatable.", valueName: "file"))
    var suppliers: [String] = []

    /// What the supplier graphs know, followed to the companies that `lists` name.
    func directory(for lists: RuleLists) throws -> SupplierDirectory {
        var graphs: [String: SupplierGraph] = [:]
        for path in suppliers {
            let bytes = try InputFile.read(path, as: "supplier graph", limit: RecordJSON.maximumSize)
            let graph: SupplierGraph
            do { graph = try RecordJSON.suppliers(from: bytes) } catch {
                throw ExitStatus.fail(ExitStatus.badData, "\(path) is not a usable supplier graph: \(error).")
            }
            guard graphs.updateValue(graph, forKey: graph.id) == nil else {
                throw ExitStatus.fail(ExitStatus.badData, "\(path): the supplier graph \(graph.id) is named twice.")
            }
        }
        return SupplierDirectory(Array(graphs.values), lists: lists)
    }

    /// The lists that judge a unit of `profile`; a use that they do not know ends the command.
    func ruleLists(for profile: HardwareProfile?) throws -> RuleLists {
        let lists = try ruleLists()
        if let objection = lists.objection(to: uses) { throw ValidationError("--use: \(objection)") }
        if let profile, let objection = lists.objection(to: profile.intendedUse ?? []) {
            throw ExitStatus.fail(ExitStatus.badData, "intendedUse of \(profile.citation): \(objection)")
        }
        return lists
    }

    /// The lists that are built in, with the newer ones of `--lists` in their place.
    private func ruleLists() throws -> RuleLists {
        guard let lists else { return .standard }
        var folders: Set<FolderIdentity> = []
        let files = try Self.files(lists, &folders).sorted()
        guard !files.isEmpty else {
            throw ExitStatus.fail(ExitStatus.noInput, "\(lists) holds no .json file.")
        }
        let documents = try files.map { try Self.document($0, on: today) }
        for (index, newer) in RuleLists.standard.leftOut(of: documents) {
            let document = documents[index]
            Terminal.complain(
                "assay-agent: "
                    + TerminalText.safe(
                        "\(files[index]) is not used: \(document.name) of \(document.date) is older than that of \(newer)"
                    ))
        }
        return RuleLists.standard.replacing(with: documents)
    }

    /// Today.
    var today: CalendarDay { CalendarDay(secondsSince1970: Int64(time(nil))) }

    private static func document(_ path: String, on today: CalendarDay) throws -> ListDocument {
        let bytes = try InputFile.read(path, as: "list", limit: RecordJSON.maximumSize)
        let document: ListDocument
        do { document = try ListDocument(json: bytes) } catch {
            throw ExitStatus.fail(ExitStatus.badData, "\(path) is not a usable list: \(error).")
        }
        if let objection = RuleLists.objection(to: document, on: today) {
            throw ExitStatus.fail(ExitStatus.badData, "\(path) is not a usable list: \(objection).")
        }
        return document
    }

    /// What tells a folder from every other, by which a link back to one above is known.
    private struct FolderIdentity: Hashable {
        let device: dev_t
        let inode: ino_t
    }

    /// The file itself, or every .json file below a folder but those that the rules do not read; links are followed.
    private static func files(_ path: String, _ visited: inout Set<FolderIdentity>) throws -> [String] {
        guard let identity = try folder(path) else { return [path] }
        guard visited.insert(identity).inserted else { return [] }
        guard let folder = opendir(path) else { throw unreadable(path) }
        defer { closedir(folder) }
        var found: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix(".") { continue }
            let child = path + "/" + name
            if try Self.folder(child) != nil {
                found += try files(child, &visited)
            } else if name.hasSuffix(".json"), !ListDocument.otherFiles.contains(name) {
                found.append(child)
            }
        }
        return found
    }

    /// Which folder a path leads to; nil for a file.
    private static func folder(_ path: String) throws -> FolderIdentity? {
        var status = stat()
        guard stat(path, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFDIR else { return nil }
        return FolderIdentity(device: status.st_dev, inode: status.st_ino)
    }

    private static func unreadable(_ path: String) -> ExitCode {
        ExitStatus.fail(ExitStatus.noInput, "cannot read the lists \(path): \(String(cString: strerror(errno)))")
    }
}
