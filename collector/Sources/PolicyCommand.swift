internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayStore
internal import AssayTerminal

/// `assay-collector policy`.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Manage policies: how much rules matter for a group of devices, and what is left out.",
        discussion: """
            A policy is a file that somebody signed or reviewed. Of several that fit a device the closest counts. See \
            what one would change before you import it: assay-collector plan --policy FILE.

            EXAMPLES
              assay-collector policy import edge.json --reviewed-by "A. Auditor"
              assay-collector policy import edge.json --key policy.pub --signature edge.json.sig
              assay-collector policy import edge.dsse.json --key policy.pub
            """,
        subcommands: [Import.self, List.self, Show.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a policy; devices of its group are evaluated again.")
        @OptionGroup var options: ImportOptions
        @Option(name: .long, help: ArgumentHelp("P-256 public key (PEM) of who signed it.", valueName: "file"))
        var key: String?
        @Option(
            name: .long,
            help: ArgumentHelp(
                "Detached signature, ECDSA over SHA-256 as DER; without it the file is a DSSE envelope.",
                valueName: "file"))
        var signature: String?
        @Option(name: .long, help: ArgumentHelp("Who reviewed it, where nobody signed it.", valueName: "name"))
        var reviewedBy: String?

        func validate() throws {
            guard (key == nil) != (reviewedBy == nil) else {
                throw ValidationError("A policy is signed (--key) or reviewed (--reviewed-by).")
            }
            guard signature == nil || key != nil else { throw ValidationError("--signature needs --key.") }
        }

        func run() async throws {
            let voucher: PolicyLibrary.Voucher =
                if let key {
                    .key(
                        pem: String(decoding: try Input.bytes(key), as: UTF8.self),
                        signature: try signature.map { try Input.bytes($0) })
                } else {
                    .reviewer(reviewedBy ?? "")
                }
            try await options.importing {
                try await PolicyLibrary(store: $0.store).importPolicy($1, vouchedBy: voucher, by: $2)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List policies.")
        @OptionGroup var options: ListOptions
        func run() async throws { try await options.list(.policy) }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the newest revision of a policy as JSON, and on standard error who vouches for it.")
        @OptionGroup var state: StateOptions
        @Argument(help: "Its id.") var id: String

        func run() async throws {
            let (policy, voucher) = try await PolicyLibrary(store: state.openStore()).policy(id)
            Terminal.complain("vouched for by \(voucher)")
            try Output.json(policy)
        }
    }
}
