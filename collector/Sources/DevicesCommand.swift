internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import AssayTerminal

/// `assay-collector devices`.
struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "Show enrolled devices and what the last evaluation said.",
        discussion: "A device is named by its id or by the first digits of it, as many as it takes.",
        subcommands: [List.self, Show.self, Assign.self, Place.self, Revoke.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List devices.",
            discussion: """
                All devices in the order of their ids, or those that the filters leave, by model.

                EXAMPLES
                  assay-collector devices list --verdict fail --site "Plant 7"
                  assay-collector devices list --search SN0042
                """)
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var filter: DeviceFilter

        func run() async throws {
            let views = try await filter.devices(in: try state.openStore()).map(DeviceView.init)
            if output.format == .json { return try Output.json(PageView(items: views, next: nil)) }
            var table = TextTable(
                ["DEVICE", "VERDICT", "CRIT", "HIGH", "MED", "LOW", "LAST SEEN", "MODEL", "SERIAL"],
                shortened: [["MODEL"]])
            for view in views {
                table.append([
                    Output.short(view.id), view.state, "\(view.findings.critical)", "\(view.findings.high)",
                    "\(view.findings.medium)", "\(view.findings.low)", view.lastSeen?.description,
                    view.modelText, view.device.serial,
                ])
            }
            Output.table(table, orNothing: "no devices")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one device.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The device.") var device: String

        func run() async throws {
            let view = DeviceView(try await state.operations().device(device))
            if output.format == .json { return try Output.json(view) }
            Output.fields([
                ("device", view.id.description), ("verdict", view.state),
                ("model", view.modelText ?? "not stated by the device"),
                ("serial", view.device.serial), ("host name", view.device.hostname),
                ("operating system", view.device.operatingSystem?.prettyName),
                ("outcomes", counts(view.outcomes)), ("findings", counts(view.findings)),
                ("profile", view.appliedProfile), ("assigned profile", view.assignedProfile),
                ("as-built record", view.appliedRecord), ("enrolled", view.enrolledAt.description),
                ("site", view.site),
                ("certificate until", view.certificateExpiry.description),
                ("trust withdrawn", view.revokedAt?.description), ("last seen", view.lastSeen?.description),
                ("sequence", view.sequence.map { String($0) }), ("report", view.report?.description),
                ("evaluated report", view.evaluatedReport?.description),
                ("evaluated", view.evaluatedAt?.description),
            ])
        }

        private func counts(_ values: [String: Int]) -> String? {
            guard !values.isEmpty else { return nil }
            return values.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        }

        private func counts(_ findings: FindingCounts) -> String {
            "\(findings.critical) critical, \(findings.high) high, \(findings.medium) medium, \(findings.low) low"
        }
    }

    struct Assign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Assign a hardware profile to a device, or none, so that the one that fits is taken.")
        @OptionGroup var state: StateOptions
        @Argument(help: "The device.") var device: String
        @Option(name: .long, help: ArgumentHelp("Id of the profile.", valueName: "id")) var profile: String?

        func run() async throws {
            let operations = try state.operations()
            if let profile { _ = try await operations.profile(profile) }
            let device = try await operations.device(device)
            _ = try await operations.store.assignProfile(profile, to: device.id, by: state.actor)
            Output.print("\(device.id): \(TerminalText.safe(profile ?? "no profile assigned"))\n")
        }
    }

    struct Place: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Enter the site where a device is, or none; policies and waivers can be for a site.")
        @OptionGroup var state: StateOptions
        @Argument(help: "The device.") var device: String
        @Option(name: .long, help: ArgumentHelp("Name of the site.", valueName: "name")) var site: String?

        func run() async throws {
            let operations = try state.operations()
            let device = try await operations.device(device)
            _ = try await operations.store.assignSite(site, to: device.id, by: state.actor)
            Output.print("\(device.id): \(TerminalText.safe(site ?? "no site"))\n")
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Withdraw trust from a device: its reports and renewals are refused from now on.")
        @OptionGroup var state: StateOptions
        @Argument(help: "The device.") var device: String

        func run() async throws {
            let operations = try state.operations()
            let device = try await operations.device(device)
            _ = try await operations.store.revokeDevice(device.id, by: state.actor)
            Output.print("trust withdrawn: \(device.id)\n")
        }
    }
}

extension DeviceView {
    /// The verdict, and whether it is about to change.
    var state: String {
        if revokedAt != nil { return "revoked" }
        return needsEvaluation && verdict != .pending ? "\(verdict.rawValue) (pending)" : verdict.rawValue
    }

    /// Maker and model.
    var modelText: String? {
        let names = [device.manufacturer, device.model].compactMap(\.self)
        return names.isEmpty ? nil : names.joined(separator: " ")
    }
}
