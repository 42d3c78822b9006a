internal import AssayHost
package import AssayReport
internal import Glibc

extension ReportStatement.Agent {
    /// The running program under this name and version, with the digest of its own file where it can be read.
    package static func running(name: String, version: String) -> ReportStatement.Agent {
        let path = "/proc/self/exe"
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return .init(name: name, version: version) }
        let file = Descriptor(owning: number, path: path)
        var digest = StreamingDigest()
        var offset: Int64 = 0
        while true {
            guard let piece = try? file.read(count: 256 << 10, at: offset) else {
                return .init(name: name, version: version)
            }
            if piece.isEmpty { return .init(name: name, version: version, digest: digest.finish()) }
            digest.update(piece)
            offset += Int64(piece.count)
        }
    }
}
