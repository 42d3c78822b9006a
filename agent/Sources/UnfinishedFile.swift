import Glibc

/// The one named file that is being written, to be removed when a signal ends the program before it is complete.
enum UnfinishedFile {
    /// A plain C string: a signal handler may neither allocate nor count references.
    nonisolated(unsafe) private static var path: UnsafeMutablePointer<CChar>?

    /// Removes `name` on SIGINT, SIGTERM and SIGHUP, as far as they end the program.
    static func removeOnSignal(_ name: String) {
        path = strdup(name)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let previous = signal(number) { number in
                if let path = UnfinishedFile.path { unlink(path) }
                // The default action follows as soon as this handler returns.
                signal(number, SIG_DFL)
                raise(number)
            }
            // SIG_IGN, as nohup(1) leaves it, stays. C spells it as the address 1, which Swift cannot compare a function
            // with; only the bits are looked at.
            if unsafeBitCast(previous, to: Int.self) == 1 { signal(number, SIG_IGN) }
        }
    }

    /// The file is complete or gone.
    static func forget() { path = nil }
}
