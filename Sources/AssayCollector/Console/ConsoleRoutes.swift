internal import AssayConsole
internal import AssayStore
internal import Hummingbird

/// Every page of the console.
struct ConsoleRoutes: Sendable {
    let operations: Operations
    let access: AccessPages
    let watch: FleetWatch
    let server: ConsoleServer
    let teacher: ProfileTeacher
    let plans: PlanDesk
    let settings: CollectorConfiguration
    let partNames: PartNaming
    let wakeEvaluation: @Sendable () -> Void

    /// Adds the pages, and returns what each asks for.
    @discardableResult func add(to router: Router<CollectorContext>) -> ConsoleRouteTable {
        let table = ConsoleRouteTable(router, server: server)
        access.add(to: table)
        ExpectedPages(operations: operations, teacher: teacher, wakeEvaluation: wakeEvaluation).add(to: table)
        RecordPages(operations: operations, wakeEvaluation: wakeEvaluation).add(to: table)
        SupplierPages(operations: operations, wakeEvaluation: wakeEvaluation).add(to: table)
        PlanPages(desk: plans, wakeEvaluation: wakeEvaluation).add(to: table)
        OverviewPages(watch: watch).add(to: table)
        SearchPages(operations: operations).add(to: table)
        LinePages(watch: watch).add(to: table)
        HealthPages(watch: watch).add(to: table)
        let lists = DeviceLists(store: operations.store, settings: settings)
        DevicesPages(operations: operations, lists: lists, address: settings.address, wakeEvaluation: wakeEvaluation)
            .add(to: table)
        DevicePages(operations: operations, lists: lists, partNames: partNames, wakeEvaluation: wakeEvaluation)
            .add(to: table)
        FindingsPages(operations: operations, wakeEvaluation: wakeEvaluation).add(to: table)
        SettingsPages(operations: operations, people: access.people, address: settings.address).add(to: table)
        return table
    }
}
