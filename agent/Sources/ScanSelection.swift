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

    @Flag(help: "Hash every file again, even those that have not changed since the last scan.")
    var rehash = false

    @Flag(help: "Also open USB device nodes, for descriptors that the kernel does not cache.")
    var openDevices = false

    func validate() throws {
        if let rate, rate < 1 { throw ValidationError("--rate is \(rate); it has to be at least 1 (MB/s)") }
        for pattern in exclusions where !pattern.hasPrefix("/") && !pattern.hasPrefix("*") {
            throw ValidationError("--exclude '\(pattern)' has to be an absolute path or begin with *")
        }
    }

    /// The options of a scan.
    func options(sections: Set<SectionName> = Set(SectionName.allCases), cache: String? = nil) -> ScanOptions {
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
