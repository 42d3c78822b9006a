import Foundation

/// Another time of day for a program: a library that goes before the C library's own clock.
///
/// Only the time of day moves; intervals are measured as ever.
enum ShiftedClock {
    /// The compiler that makes the library; without one the tests that need it are skipped.
    static let compiler: URL? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let names = folders.flatMap { folder in ["cc", "clang", "gcc"].map { "\(folder)/\($0)" } }
        return names.first(where: FileManager.default.isExecutableFile).map { URL(filePath: $0) }
    }()

    /// What makes a program's clock go ahead by `seconds`, or behind when they are negative.
    static func environment(_ seconds: Int) throws -> [String: String] {
        if seconds == 0 { return [:] }
        return ["LD_PRELOAD": try library.get(), "ASSAY_TEST_CLOCK": "\(seconds)"]
    }

    private static let home = Result { try TemporaryFolder() }
    private static let library = Result { () throws -> String in
        let folder = try home.get()
        let source = folder.path("clock.c")
        try Data(code.utf8).write(to: URL(filePath: source))
        guard let compiler else { throw CommandFailed(arguments: ["cc"], result: nil) }
        let result = try Programs.run(compiler, ["-shared", "-fPIC", "-O1", "-o", folder.path("clock.so"), source])
        guard result.status == 0 else { throw CommandFailed(arguments: ["cc"], result: result) }
        return folder.path("clock.so")
    }

    // The kernel is asked directly, so that no other library has to be found.
    private static let code = """
        #define _GNU_SOURCE
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>
        static long ahead(void) { const char *text = getenv("ASSAY_TEST_CLOCK"); return text ? atol(text) : 0; }
        int clock_gettime(clockid_t clock, struct timespec *now) {
            int result = syscall(SYS_clock_gettime, clock, now);
            if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += ahead();
            return result;
        }
        time_t time(time_t *target) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (target) *target = now.tv_sec;
            return now.tv_sec;
        }
        int gettimeofday(struct timeval *now, void *zone) {
            struct timespec exact;
            (void)zone;
            clock_gettime(CLOCK_REALTIME, &exact);
            now->tv_sec = exact.tv_sec;
            now->tv_usec = exact.tv_nsec / 1000;
            return 0;
        }
        """
}
