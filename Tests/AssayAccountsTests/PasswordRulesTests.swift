import AssayAccounts
import Testing

/// Which passwords are taken.
struct PasswordRulesTests {
    @Test(
        "taken",
        arguments: ["correct horse", "Überraschungsei 7", "123456 apples", "mpasswordlessfuture", "🐎🔋📎🥇🐎🔋📎🥇🐎🔋📎x"])
    func good(_ password: String) throws { try PasswordRules.check(password, for: "robin") }

    @Test(
        "refused",
        arguments: [
            ("", "at least 12"), ("short", "at least 12"), ("aaaaaaaaaaaa", "different"), ("abababababab", "different"),
            ("password1234", "tried first"), ("PASSWORD!2024", "tried first"), ("robin.miller1", "tried first"),
            ("assaycollector", "tried first"), (String(repeating: "abcdef", count: 200), "at most 1024"),
        ]) func bad(_ password: String, _ words: String)
    {
        do {
            try PasswordRules.check(password, for: "robin.miller")
            Issue.record("\(password) was taken")
        } catch {
            #expect(error.code == .weakPassword)
            #expect(error.description.contains(words), "\(error)")
        }
    }
}
