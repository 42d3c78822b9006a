import AssayAccounts
import Testing

/// Password hashes, at a low cost.
struct PasswordHashTests {
    static let cheap = PasswordHash.Cost(logBlocks: 4, passes: 1)

    @Test func theRightPasswordMatchesAfterReadingBack() throws {
        let hash = try PasswordHash("correct horse battery", cost: Self.cheap)
        let read = try PasswordHash(parsing: hash.description)
        #expect(read == hash)
        #expect(try read.matches("correct horse battery"))
        #expect(try !read.matches("correct horse battery "))
        #expect(try !read.matches(""))
    }

    @Test func equalPasswordsHaveDifferentHashes() throws {
        let hashes = try [PasswordHash("a password", cost: Self.cheap), PasswordHash("a password", cost: Self.cheap)]
        #expect(hashes[0].description != hashes[1].description)
        #expect(!hashes[0].description.contains("password"))
    }

    @Test("the same key as `openssl kdf … SCRYPT` derives") func vector() throws {
        let text = "$scrypt$ln=10,r=8,p=16$TmFDbE5hQ2xOYUNsTmFDbA$"
        #expect(throws: AccountFailure(.corrupt, "")) { try PasswordHash(parsing: text) }
        let whole = text + "ruflYSr7JKwcyP4taFgPBJI7nqmwRVvjonthQb2MSCI"
        #expect(try PasswordHash(parsing: whole).matches("password"))
        #expect(try !PasswordHash(parsing: whole).matches("Password"))
    }

    @Test(
        "hashes that are not ours, or would cost too much",
        arguments: [
            "", "$", "$scrypt$ln=30,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA", "$argon2id$v=19$m=1$a$b",
            "$scrypt$ln=15,r=8,p=999$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=-1,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=15,r=8,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ]) func strangeHashes(_ text: String)
    {
        #expect(throws: AccountFailure(.corrupt, "")) { try PasswordHash(parsing: text) }
    }

    @Test func hashesOfALowerCostAreMadeAgain() throws {
        #expect(try PasswordHash("x", cost: Self.cheap).isOutdated)
        #expect(
            try !PasswordHash(
                parsing: "$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            ).isOutdated)
    }
}
