import AssayTestKit
import Foundation
import Testing

/// By what a verdict is made: uses, lists, records and files, alike in `verify` and `records capture`.
@Suite(.ownThread) struct JudgementTests {
    private let folder: TemporaryFolder
    private let scan: String
    private let profile: String

    /// A unit whose files were not scanned, and a profile with a policy on files.
    init() throws {
        folder = try TemporaryFolder()
        scan = folder.path("scan.json")
        profile = folder.path("profile.json")
        let tree = try ExampleUnit.tree()
        let sections = "platform,components,firmware,boot,kernel"
        let scanned = try Programs.run(
            Programs.agent,
            ["scan", "--root", tree.path, "--format", "json", "--sections", sections, "--output", scan]
                + ["--taken-at", "2026-01-31T12:00:00Z"])
        #expect(scanned.status == 0, "\(scanned.errors)")
        let learned = try Programs.run(Programs.agent, ["golden", "--id", "edge", "--output", profile, scan])
        #expect(learned.status == 0, "\(learned.errors)")
        try change(profile) { $0["files"] = ["unknown": "fail"] }
    }

    private func change(_ path: String, _ edit: (inout [String: Any]) -> Void) throws {
        let data = try Data(contentsOf: URL(filePath: path))
        var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        edit(&object)
        try JSONSerialization.data(withJSONObject: object).write(to: URL(filePath: path))
    }

    private func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: folder.path(name)))
        return folder.path(name)
    }

    private func verify(_ arguments: String...) throws -> ProgramResult {
        try Programs.run(Programs.agent, ["verify", "--inventory", scan] + arguments)
    }

    @Test("a policy on files decides nothing by itself where no file was looked at") func missingFiles() throws {
        let open = try verify("--profile", profile)
        #expect(open.status == 2 && open.output.contains("no file was looked at"), "\(open.output)")
        let chosen = try verify("--profile", profile, "--no-files")
        #expect(chosen.status == 0 && chosen.output.contains("files were left out as asked"), "\(chosen.output)")
    }

    @Test("the record of a unit is written by the same judgement, and dated by its scan") func capture() throws {
        let record = folder.path("record.json")
        let arguments = [
            "records", "capture", "--profile", profile, "--inventory", scan, "--serial", "L-42", "--output", record,
        ]
        let open = try Programs.run(Programs.agent, arguments)
        #expect(open.status == 2 && open.errors.contains("no file was looked at"), "\(open.errors)")
        let misspelt = try Programs.run(Programs.agent, arguments + ["--no-files", "--use", "us-fedral"])
        #expect(misspelt.status == 64 && misspelt.errors.contains("us-federal"), "\(misspelt.errors)")
        #expect(!FileManager.default.fileExists(atPath: record))
        let written = try Programs.run(Programs.agent, arguments + ["--no-files", "--use", "us-federal"])
        #expect(written.status == 0, "\(written.errors)")
        try change(record) { #expect($0["builtAt"] as? String == "2026-01-31T12:00:00Z", "\($0["builtAt"] ?? "")") }
    }

    @Test("a use that no list knows is refused by name, in the option and in the profile") func uses() throws {
        for use in ["us-fedral", "", "US_FEDERAL"] {
            let result = try verify("--profile", profile, "--use", use)
            #expect(result.status == 64 && result.errors.contains("'\(use)'"), "\(result.errors)")
            #expect(result.errors.contains("us-federal"))
        }
        try change(profile) { $0["intendedUse"] = ["us-fedral"] }
        let result = try verify("--profile", profile)
        #expect(result.status == 65 && result.errors.contains("intendedUse of profile edge v1"), "\(result.errors)")
    }

    private func list(_ date: String) -> String {
        """
        {"schema":"assay/restrictions/v1","id":"ndaa-889","title":"t","date":"\(date)","status":"law",
        "since":"2019-08-13","uses":["us-federal"],"source":"s","entries":[{"name":"n","kind":"equipment"}]}
        """
    }

    @Test("a list that is not used is named, and one of a day to come is refused") func lists() throws {
        let old = try verify("--lists", write(list("2001-01-01"), to: "old.json"))
        #expect(old.status == 2)
        #expect(
            old.errors.contains("old.json is not used: restricted-suppliers/ndaa-889 of 2001-01-01"), "\(old.errors)")
        let future = try verify("--lists", write(list("2099-01-01"), to: "future.json"))
        #expect(future.status == 65 && future.errors.contains("2099-01-01"), "\(future.errors)")
    }

    @Test("links in a folder of lists are followed, and what cannot be opened is said") func folders() throws {
        let (lists, real) = (folder.path("lists"), folder.path("real"))
        for path in [lists, real] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        }
        let old = try write(list("2001-01-01"), to: "real/old.json")
        func link(_ name: String, to target: String) throws {
            try FileManager.default.createSymbolicLink(atPath: lists + "/" + name, withDestinationPath: target)
        }
        try link("folder", to: real)
        try link("copy.json", to: old)
        try link("again", to: lists)
        let followed = try verify("--lists", lists)
        #expect(followed.errors.contains("folder/old.json is not used"), "\(followed.errors)")
        #expect(followed.errors.contains("copy.json is not used"), "\(followed.errors)")
        try link("broken", to: folder.path("nowhere"))
        let broken = try verify("--lists", lists)
        #expect(broken.status == 66 && broken.errors.contains("broken: No such file"), "\(broken.errors)")
    }

    @Test("a delta that names its unit in what it amends counts, however the unit is spelt") func amends() throws {
        let record = try write(
            #"{"schema":"assay/as-built/v1","device":{"serial":"U-1"},"components":[]}"#, to: "record.json")
        let delta = try write(
            #"{"schema":"assay/delta/v1","device":{},"amends":{"serial":"U-1"},"kind":"repair","changes":["#
                + #"{"status":"added","class":"memory","location":"dimm/A","serial":"S1"}]}"#, to: "delta.json")
        for unit in ["U-1", " u-1"] {
            let result = try verify("--record", record, "--record", delta, "--unit", unit)
            #expect(
                result.output.contains("memory at dimm/A: should be any memory serial S1"),
                "\(result.output)\(result.errors)")
        }
        let other = try verify("--record", record, "--record", delta, "--unit", "U-2")
        #expect(other.status == 65 && other.errors.contains("U-2"))
    }

    @Test(
        "options that say how something is read are refused without it",
        arguments: [
            (["verify", "--map", "none.json"], "--record"), (["verify", "--trust", "none.pem"], "--record"),
            (["verify", "--unit", "U-1"], "--record"), (["records", "capture", "--use", "eu"], "--profile"),
        ])
    func lonelyOptions(_ arguments: [String], _ word: String) throws {
        let result = try Programs.run(Programs.agent, arguments)
        #expect(result.status == 64 && result.errors.contains("with \(word)"), "\(result.errors)")
    }
}
