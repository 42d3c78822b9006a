internal import AssayHost

extension SysfsReader {
    /// The first bytes of a binary attribute, read in pieces until it ends, `limit` is reached or `isEnough` says so.
    ///
    /// Longer content is cut, so that a part of it survives; ask for one byte more than allowed to notice. A failure
    /// after the first piece leaves a gap beside what was read.
    package mutating func prefix(
        _ path: String, limit: Int, step: Int = 4096, isEnough: ([UInt8]) -> Bool = { _ in false }
    ) -> [UInt8]? {
        let root = root
        var bytes: [UInt8]?
        let isThere = output.reading(probe) { () throws(HostFailure) -> Bool? in
            guard let file = try root.open(path) else { return nil }
            var read: [UInt8] = []
            while read.count < limit, !isEnough(read) {
                let count = min(step, limit - read.count)
                let piece = try file.read(count: count, at: Int64(read.count))
                read += piece
                bytes = read
                if piece.count < count { break }
            }
            return true
        }
        return isThere == true ? bytes ?? [] : bytes
    }
}
