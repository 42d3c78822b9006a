import Glibc
import Testing

@testable import AssayAgent

@Suite struct ProcessSignalsTests {
    @Test("signals are waited for, never handled in between") func waitsForSignals() {
        let signals = ProcessSignals()
        #expect(signals.wait(seconds: 0) == .elapsed)
        #expect(signals.wait(seconds: -1) == .elapsed)
        pthread_kill(pthread_self(), SIGHUP)
        #expect(signals.wait(seconds: 60) == .rescan)
        #expect(!ProcessSignals.isStopPending)
        for signal in [SIGTERM, SIGINT] {
            pthread_kill(pthread_self(), signal)
            #expect(ProcessSignals.isStopPending)
            #expect(signals.wait(seconds: 60) == .stop)
        }
        #expect(!ProcessSignals.isStopPending)
    }
}
