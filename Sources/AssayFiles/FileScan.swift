package import AssayHost
internal import AssayModel
package import AssayPackages
internal import Glibc

/// Finds and hashes every file whose content decides what the device does.
package enum FileScan {
    /// Id that the gaps of the scan carry.
    package static let probeID = "files/scan"

    /// Takes one reported file: the bytes of its path and the canonical JSON of its ``FileEntry``, without a line feed.
    package typealias Sink = (_ path: [UInt8], _ line: [UInt8]) throws -> Void

    /// Scans the tree below `root` and hands every reported file to `sink`, in ascending byte order of the paths.
    ///
    /// Blocks the calling thread, on which `sink` is called too. Throws what `sink` throws, and a ``HostFailure`` when
    /// the root itself cannot be listed; everything else that goes wrong is a gap.
    package static func run(
        root: HostRoot, options: FileScanOptions = FileScanOptions(), packages: PackageFileIndex = .empty,
        progress: FileScanProgress = FileScanProgress(), sink: Sink
    ) throws -> FileScanResult {
        guard let directory = try root.openDirectory("/") else { throw HostFailure(.wrongType, path: root.path) }
        let number = fcntl(directory.number, F_DUPFD_CLOEXEC, 3)
        guard number >= 0 else { throw HostFailure(.ioError, path: root.path, errorNumber: errno) }
        return try withoutActuallyEscaping(sink) { sink in
            let run = FileScanRun(options: options, packages: packages, progress: progress, sink: sink)
            return try run.scan(DirectoryHandle(owning: number), mounts: MountTable(root: root))
        }
    }

    /// A gap about a path given as bytes.
    static func gap(_ path: some Sequence<UInt8>, _ kind: Gap.Kind, _ detail: String) -> Gap {
        Gap(probe: probeID, path: String(decoding: Array(path), as: UTF8.self), kind: kind, detail: detail)
    }

    /// The gap for a kernel's error number; nil when it means that the thing is gone.
    static func gap(_ path: some Sequence<UInt8>, errorNumber: Int32) -> Gap? {
        let text = String(decoding: Array(path), as: UTF8.self)
        guard let failure = HostFailure.from(errorNumber: errorNumber, path: text) else { return nil }
        guard failure.code == .denied else { return failure.gap(probe: probeID) }
        return Gap(
            probe: probeID, path: text, kind: .denied, detail: "permission denied; CAP_DAC_READ_SEARCH would open it")
    }
}
