import Foundation
import Testing

@testable import AssayAgent

@Suite struct StateLockTests {
    private let folder: StateFolder

    init() throws { folder = try StateFolder() }

    private func isFree() throws -> Bool {
        do {
            let lock = try StateLock(directory: folder.path)
            withExtendedLifetime(lock) {}
            return true
        } catch {
            guard error == StateFailure(.locked) else { throw error }
            return false
        }
    }

    @Test("held as long as the value lives, and no longer") func holds() throws {
        do {
            let lock = try StateLock(directory: folder.path)
            #expect(try !isFree())
            withExtendedLifetime(lock) {}
        }
        #expect(try isFree())
        #expect(try folder.mode("lock") == 0o600)
    }

    @Test("a refusal names the folder and what to do") func refusal() throws {
        let lock = try StateLock(directory: folder.path)
        do {
            _ = try StateLock(directory: folder.path)
            Issue.record("two locks")
        } catch {
            #expect(error == StateFailure(.locked))
            #expect(error.path == folder.path && error.detail.contains("wait"))
        }
        withExtendedLifetime(lock) {}
    }

    @Test("who waits gets it when it is free") func waits() throws {
        let lock = try StateLock(directory: folder.path)
        let path = folder.path
        let got = DispatchSemaphore(value: 0)
        // Waiting blocks its thread until the lock is let go.
        let thread = Thread {
            if let second = try? StateLock(directory: path, waits: true) {
                withExtendedLifetime(second) {}
                got.signal()
            }
        }
        thread.start()
        #expect(try !isFree())
        release(lock)
        #expect(got.wait(timeout: .now() + 60) == .success)
    }

    private func release(_ lock: consuming StateLock) { _ = consume lock }

    @Test("what is no folder, and a link in the lock's place, is a failure of its own kind") func failures() throws {
        #expect(throws: StateFailure(.ioError)) { _ = try StateLock(directory: folder.path + "/none") }
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/lock", withDestinationPath: folder.path + "/elsewhere")
        #expect(throws: StateFailure(.ioError)) { _ = try StateLock(directory: folder.path) }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/elsewhere"))
    }
}
