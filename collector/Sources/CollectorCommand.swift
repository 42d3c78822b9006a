internal import ArgumentParser
internal import AssayCollector

/// The whole command line.
struct CollectorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay-collector",
        abstract: "Check what devices report against what their makers say they are made of.",
        discussion: """
            A collector takes signed reports from devices, holds them against hardware profiles and as-built \
            records, and keeps what differs as findings. All of its state lies in one folder: the database, the \
            authority that vouches for devices, and the settings. Every command works on that folder, also while the \
            server runs.

            EXAMPLES
              assay-collector init --host assay.example.org --listen 0.0.0.0
              assay-collector serve --state /var/lib/assay-collector
              assay-collector people invite
              assay-collector token create --uses 100 --expires 7d --profile edge-200
              assay-collector devices list
              assay-collector profiles learn --device 3f2a --id edge-200
              assay-collector findings list --device 3f2a
              assay-collector backup /backup/collector.db

            FILES
              DIR/collector.db    devices, reports, records, findings
              DIR/collector.conf  settings, one `key = value` a line
              DIR/ca/             certificate and key of the authority
              DIR/tls/            certificate and key of the server
              DIR/operator-token  bearer token for the operator API, for this user alone

            ENVIRONMENT
              ASSAY_STATE  folder to use where --state is not given

            EXIT STATUS
              0 done   64 usage   65 a file's content is wrong   66 no such file
              69 cannot serve   73 cannot create   74 cannot read or write
              77 permission denied
            """,
        version: "assay-collector \(CollectorVersion.number)",
        subcommands: [
            InitCommand.self, ServeCommand.self, TokenCommand.self, PeopleCommand.self, OperatorCommand.self,
            DevicesCommand.self,
            FindingsCommand.self, SearchCommand.self, PartsCommand.self, PolicyCommand.self, PlanCommand.self,
            ResultsCommand.self,
            ProfilesCommand.self, RecordsCommand.self, SuppliersCommand.self, ListsCommand.self,
            BackupCommand.self, RestoreCommand.self,
        ])
}
