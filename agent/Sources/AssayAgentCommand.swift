import ArgumentParser
import AssayAgent

/// The program: nothing but its words and what they call.
@main
struct AssayAgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay-agent",
        abstract: "Tell whether this device is made of what its maker says it is made of.",
        discussion: """
            Reads firmware, boards, PCI and USB devices, storage, network, TPM, kernel, packages and binaries from the \
            kernel's own interfaces. It starts no process, writes only to its own state folder, and opens no device \
            node unless you allow it. What it cannot read it says.

            EXAMPLES
              Look at this machine:
                assay-agent scan
              As JSON, for a recorded tree:
                assay-agent scan --root tree/ --format json
              Judge a unit on the factory line:
                assay-agent verify --profile board.json --record unit.json
              Enrol with a collector:
                assay-agent enroll --collector https://host:8443 --token assay1.…
              Deliver one report now:
                assay-agent report

            EXIT STATUS
              0   done; for verify: the unit matches its record
              1   verify: the unit does not match its record
              2   verify: cannot decide
              64  wrong usage
              65  the input is not what it should be
              66  an input file is missing or unreadable
              69  the collector cannot be reached, or refuses
              73  an output file cannot be written
              74  input or output failed
              77  permission denied

            FILES
              /var/lib/assay-agent
                state folder: device key, certificate, spools, scan cache
            """,
        version: "\(AgentName.current.name) \(AgentName.current.version)",
        subcommands: [
            ScanCommand.self, VerifyCommand.self, GoldenCommand.self, RecordsCommand.self, EnrollCommand.self,
            ReportCommand.self, RunCommand.self, ProbesCommand.self,
        ])
}
