internal import ArgumentParser
internal import AssayCollector
internal import AssayStore
internal import AssayTerminal
internal import Foundation

/// Runs the command and turns what goes wrong into a message and an exit status.
@main
struct Main {
    static func main() async {
        do {
            var command = try CollectorCommand.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CollectorFailure {
            fail(
                failure.description, details: failure.details, nextStep: failure.nextStep,
                status: status(failure.code))
        } catch let failure as StoreFailure {
            fail(failure.description, status: status(failure.code))
        } catch {
            CollectorCommand.exit(withError: error)
        }
    }

    private static func fail(
        _ message: String, details: [String] = [], nextStep: String? = nil, status: Int32
    ) -> Never {
        var text = "assay-collector: \(TerminalText.safe(message))\n"
        for line in details + [nextStep].compactMap(\.self) { text += "  \(TerminalText.safe(line))\n" }
        FileHandle.standardError.write(Data(text.utf8))
        exit(status)
    }

    /// Exit statuses of sysexits.h.
    private static func status(_ code: CollectorFailure.Code) -> Int32 {
        switch code {
        case .usage: 64
        case .data: 65
        case .noInput: 66
        case .unavailable: 69
        case .cannotCreate: 73
        case .inputOutput: 74
        case .permission: 77
        }
    }

    private static func status(_ code: StoreFailure.Code) -> Int32 {
        switch code {
        case .unusable, .inputOutput: 74
        case .corrupt: 65
        case .exists: 73
        }
    }
}
