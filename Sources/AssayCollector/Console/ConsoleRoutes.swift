internal import AssayConsole
internal import AssayStore
internal import Hummingbird

/// Every page of the console.
struct ConsoleRoutes: Sendable {
    let operations: Operations
    let access: AccessPages
    let server: ConsoleServer
    let wakeEvaluation: @Sendable () -> Void

    /// Adds the pages, and returns what each asks for.
    @discardableResult func add(to router: Router<CollectorContext>) -> ConsoleRouteTable {
        let table = ConsoleRouteTable(router, server: server)
        access.add(to: table)
        return table
    }
}
