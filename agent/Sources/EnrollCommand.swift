import ArgumentParser
import AssayAgent
import AssayModel
import AssayReport
import AssayTerminal

/// Makes this device known to a collector.
struct EnrollCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll",
        abstract: "Make this device known to a collector.",
        discussion: """
            Makes the device key, checks that the server presents the authority whose fingerprint the token carries, and \
            only then sends the token and a certificate request. From then on every connection is verified against that \
            one authority. The key never leaves this device. Enrolling again replaces the enrolment, not the key.

            A token comes from the collector: assay-collector token create

            EXAMPLE
              assay-agent enroll --collector https://host:8443 --token assay1.…
            """)

    @Option(help: ArgumentHelp("Address of the collector.", valueName: "url"))
    var collector: String

    @Option(help: ArgumentHelp("Join token; '-' reads it from standard input.", valueName: "token"))
    var token: String

    @OptionGroup var state: StateOption

    func run() throws {
        do {
            let address = try CollectorAddress(collector)
            let joinToken = try parsedToken()
            let folder = try state.open()
            let lock = try folder.lock()
            defer { withExtendedLifetime(lock) {} }
            var options = ScanOptions()
            options.sections = [.platform]
            let device = try Scan(root: try ScanRoot(path: nil), options: options).run().device
            let record = try Enroller(state: folder, log: state.logger()).enroll(
                with: address, token: joinToken, device: device, now: StateOption.now())
            Terminal.write("Enrolled with \(record.collector)\n  device id  \(record.deviceID)\n")
        } catch {
            throw StateOption.exit(error)
        }
    }

    private func parsedToken() throws -> JoinToken {
        let text = token == "-" ? readLine() ?? "" : token
        do { return try JoinToken(parsing: text) } catch {
            // The token itself must not stand in the message: it is a secret.
            throw ExitStatus.fail(
                ExitCode(64), "the join token cannot be read: \(error). Copy it whole, or make a new one.")
        }
    }
}
