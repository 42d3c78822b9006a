import Testing

@testable import AssayFiles

@Suite struct FileIdentityTests {
    private static let second: Int64 = 1_000_000_000

    @Test(
        arguments: [
            (100, 100, 100, true), (100, 100, 101, true), (100, 100, 102, true), (100, 100, 103, false),
            (50, 100, 101, true), (100, 50, 101, true), (50, 60, 1000, false), (2000, 50, 1000, true),
            (50, 2000, 1000, true),
        ] as [(Int64, Int64, Int64, Bool)])
    func isRacyWhenAsNewAsItsReading(_ modified: Int64, _ changed: Int64, _ readAt: Int64, _ isRacy: Bool) {
        var identity = FileIdentity()
        identity.modified = modified * Self.second
        identity.changed = changed * Self.second
        #expect(identity.isRacy(readAt: readAt * Self.second) == isRacy)
    }

    @Test("a file that the kernel begins to vouch for is another one, though no time tells") func verity() {
        var identity = FileIdentity()
        let before = identity
        identity.hasVerity = true
        #expect(identity != before)
    }

    @Test func extremeTimesAreNoTrap() {
        var identity = FileIdentity()
        identity.changed = .max
        #expect(identity.isRacy(readAt: 0))
        identity.changed = .min
        identity.modified = .min
        _ = identity.isRacy(readAt: .min)
    }
}
