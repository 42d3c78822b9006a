internal import AssayBytes
internal import AssayModel

/// The signature lists of one variable: `PK`, `KEK`, `db`, `dbx` and their like (UEFI 2.10, 32.4.1).
struct EFISignatureDatabase: Sendable {
    /// Most lists of one database.
    private static let listLimit = 4096

    /// The lists up to the first one that is not well formed.
    let lists: [EFISignatureList]
    /// What is wrong behind the last of ``lists``; nil when the bytes end with it.
    let failure: ParseFailure?

    /// Reads as many lists as are well formed.
    init(parsing bytes: RawSpan) {
        var reader = ByteReader(bytes)
        var lists: [EFISignatureList] = []
        var failure: ParseFailure?
        do throws(ParseFailure) {
            while !reader.isAtEnd {
                guard lists.count < Self.listLimit else {
                    throw ParseFailure(.tooLarge, "signature lists", at: reader.offset)
                }
                lists.append(try EFISignatureList(reading: &reader))
            }
        } catch {
            failure = error
        }
        self.lists = lists
        self.failure = failure
    }

    /// Counts and digests, as the inventory holds them.
    func summary(name: String, content: [UInt8]) -> BootState.SignatureDatabase {
        var summary = BootState.SignatureDatabase(
            name: name, digest: .sha256(of: content), certificates: 0, hashes: 0, certificateDigests: [], others: 0)
        for list in lists {
            if list.type == .x509 {
                summary.certificates += list.signatures.count
                summary.certificateDigests += list.signatures.map { .sha256(of: $0.data) }
            } else if list.type?.isHash == true {
                summary.hashes += list.signatures.count
            } else {
                summary.others += list.signatures.count
            }
        }
        return summary
    }
}
