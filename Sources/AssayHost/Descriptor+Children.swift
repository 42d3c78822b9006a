internal import CLinux
internal import Glibc

extension Descriptor {
    /// Opens the regular file `name` directly below this directory; nil when it is not there.
    ///
    /// One step where ``HostRoot/open(_:)`` takes a whole path: for directories with thousands of small files. A
    /// symbolic link is refused, so the name cannot lead out of the directory; so is a name with a slash.
    package func open(fileNamed name: String) throws(HostFailure) -> Descriptor? {
        let path = self.path + "/" + name
        guard !name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "/") }) else {
            throw HostFailure(.wrongType, path: path)
        }
        var status = assay_status()
        let result = assay_status_at(number, name, &status)
        guard result == 0 else {
            if let failure = HostFailure.from(errorNumber: -result, path: path) { throw failure }
            return nil
        }
        // Asked before the open, because opening a FIFO or a device node already has an effect.
        guard FileStatus(status).kind == .regular else { throw HostFailure(.wrongType, path: path) }
        let opened = assay_open_nofollow(number, name, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        guard opened >= 0 else {
            if let failure = HostFailure.from(errorNumber: -opened, path: path) { throw failure }
            return nil
        }
        return Descriptor(owning: opened, path: path)
    }

    /// Reads the next bytes into `buffer` and returns how many; 0 only at the end of the file.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(HostFailure) -> Int {
        while true {
            let got = Glibc.read(number, buffer.baseAddress, buffer.count)
            if got >= 0 { return got }
            if errno == EINTR { continue }
            throw HostFailure.from(errorNumber: errno, path: path)
                ?? HostFailure(.ioError, path: path, errorNumber: errno)
        }
    }
}
