import ArgumentParser
import AssayAgent
import AssayFiles
import AssayReport

/// The options that say what a scan reads; `scan`, `report` and `run` share them.
struct ScanSelection: ParsableArguments {
    @Option(
        name: .customLong("exclude"), parsing: .singleValue,
        help: ArgumentHelp(
            "Leave out paths that match PATTERN (*, ** and ?); may be repeated. What is left out is reported.",
            valueName: "pattern"))
    var exclusions: [String] = []

    @Option(help: ArgumentHelp("Read at most RATE MB of file content in a second.", valueName: "rate"))
    var rate: Int?

    @Flag(
        help: """
            Also open device nodes: of USB devices, for descriptors that the kernel does not cache, and of a TPM 2.0, for \
            its maker, firmware and endorsement key. Nothing is changed.
            """)
    var openDevices = false

    func validate() throws {
        // In bytes the rate has to fit a machine word.
        if let rate, !(1...Int.max / 1_000_000).contains(rate) {
            throw ValidationError("--rate is \(rate); it has to be 1 to \(Int.max / 1_000_000) (MB/s)")
        }
        for pattern in exclusions where !pattern.hasPrefix("/") && !pattern.hasPrefix("*") {
            throw ValidationError("--exclude '\(pattern)' has to be an absolute path or begin with *")
        }
    }

    /// The options of a scan.
    func options(
        sections: Set<SectionName> = Set(SectionName.allCases), cache: String? = nil, rehash: Bool = false
    ) -> ScanOptions {
        var options = ScanOptions()
        options.sections = sections
        options.mayOpenDeviceNodes = openDevices
        options.files.exclusions = exclusions.map { ExclusionRule($0) }
        options.files.bytesPerSecond = rate.map { $0 * 1_000_000 }
        options.files.cachePath = cache
        if rehash { options.files.rehashPeriod = 1 }
        return options
    }
}

/// The `--root` option of the commands that report.
struct HostRootOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Report on the system below DIR instead of this machine: a host's root in a container, a recorded tree.",
            valueName: "dir"))
    var root: String?

    /// The tree; fails when it is no directory, before anything is sealed.
    func path() throws -> String? {
        if let root { _ = try RootOption.open(root) }
        return root
    }
}

/// The `--rehash` flag of the commands that keep a cache of hashed files.
struct RehashOption: ParsableArguments {
    @Flag(help: "Hash every file again, even those that have not changed since the last scan.")
    var rehash = false
}
