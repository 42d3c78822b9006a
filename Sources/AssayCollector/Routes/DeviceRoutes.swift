internal import AssayAccounts
internal import AssayModel
internal import AssayReport
internal import AssayRules
internal import AssayStore
internal import Hummingbird

/// `/api/v1/devices`: devices, what they are made of, and what changed.
struct DeviceRoutes: Sendable {
    let operations: Operations
    let lists: DeviceLists
    let wakeEvaluation: @Sendable () -> Void

    private var store: any Store { operations.store }
    private var reader: InventoryReader { InventoryReader(store: store) }

    /// Adds the routes.
    func add(to routes: OperatorRouteTable) {
        routes.get("api/v1/devices", query: DeviceLists.parameters + ["limit", "after"], use: list)
        routes.get("api/v1/devices/{id}", use: show)
        routes.get("api/v1/devices/{id}/inventory", use: showInventory)
        routes.get("api/v1/devices/{id}/packages", query: ["q", "limit", "after"]) { request, context in
            try await section(.packages, of: Package.self, request, context)
        }
        routes.get("api/v1/devices/{id}/files", query: ["q", "limit", "after"]) { request, context in
            try await section(.files, of: FileEntry.self, request, context)
        }
        routes.get("api/v1/devices/{id}/reports", query: ["limit", "after"], use: listReports)
        routes.get("api/v1/devices/{id}/compare", query: ["from", "to"], use: compare)
        routes.post("api/v1/devices/{id}/revoke", for: .administer, use: revoke)
        routes.post("api/v1/devices/{id}/profile", for: .register, use: assignProfile)
        routes.post("api/v1/devices/{id}/site", for: .register, use: assignSite)
    }

    private func device(_ context: CollectorContext) async throws -> Device {
        try await named { try await operations.device(context.parameters.get("id") ?? "") }
    }

    private func list(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let limit = try request.pageSize()
        let query = try lists.query(request, at: .now)
        let page = try await store.devices(query, after: lists.cursor(request, query), limit: limit)
        guard !page.isCut else {
            throw Problem.malformed("more devices match than are looked through; search for a longer text")
        }
        return try JSONBody.response(
            PageView(items: page.devices.map(DeviceView.init), next: page.next?.description))
    }

    private func show(_ request: Request, _ context: CollectorContext) async throws -> Response {
        try JSONBody.response(DeviceView(try await device(context)))
    }

    private func showInventory(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let device = try await device(context)
        guard let inventory = try await DeviceInventory.last(of: device, in: store, judgedBy: lists.evaluator) else {
            throw Problem.notFound("device \(device.id) has not reported yet")
        }
        return try JSONBody.response(InventoryView(inventory))
    }

    private func section<Value: Codable & Sendable>(
        _ section: SectionName, of type: Value.Type, _ request: Request, _ context: CollectorContext
    ) async throws -> Response {
        let limit = try request.pageSize()
        let place = try request.sectionPlace()
        let device = try await device(context)
        guard let predicate = try await reader.lastPredicate(of: device) else {
            return try JSONBody.response(PageView<Value>(items: [], next: nil))
        }
        let page: SectionPage<Value> = try await reader.page(
            of: section, in: predicate, containing: request.query("q") ?? "", from: place, limit: limit)
        return try JSONBody.response(PageView(items: page.values, next: page.next?.description))
    }

    private func listReports(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let limit = try request.pageSize()
        let before = try request.sequence("after")
        let reports = try await store.reports(of: try await device(context).id, before: before, limit: limit)
        let next = reports.count == limit ? reports.last.map { String($0.sequence) } : nil
        return try JSONBody.response(PageView(items: reports.map(ReportView.init), next: next))
    }

    private func compare(_ request: Request, _ context: CollectorContext) async throws -> Response {
        guard let from = try request.sequence("from"), let to = try request.sequence("to") else {
            throw Problem.malformed("from and to must be numbers of reports")
        }
        let device = try await device(context)
        let (before, after) = (try await report(from, of: device), try await report(to, of: device))
        let changes = try await ReportComparison(reader: reader).changes(
            from: try ReportStatement.Predicate(of: before), to: try ReportStatement.Predicate(of: after))
        return try JSONBody.response(ComparisonView(from: from, to: to, sections: changes))
    }

    private func report(_ sequence: Int64, of device: Device) async throws -> StoredReport {
        guard let report = try await store.report(of: device.id, sequence: sequence) else {
            throw Problem.notFound("device \(device.id) has no report \(sequence)")
        }
        return report
    }

    private func revoke(_ request: Request, _ context: CollectorContext) async throws -> Response {
        _ = try await store.revokeDevice(try await device(context).id, by: context.actor)
        return try await show(request, context)
    }

    private func assignProfile(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable { var profile: String? }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 4096)
        let device = try await device(context)
        if let profile = body.profile { _ = try await named { try await operations.profile(profile) } }
        _ = try await store.assignProfile(body.profile, to: device.id, by: context.actor)
        wakeEvaluation()
        return try await show(request, context)
    }

    private func assignSite(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable { var site: String? }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 4096)
        _ = try await store.assignSite(body.site, to: try await device(context).id, by: context.actor)
        wakeEvaluation()
        return try await show(request, context)
    }
}

extension Request {
    /// The number of a report in the query.
    func sequence(_ name: String) throws(Problem) -> Int64? {
        guard let text = query(name) else { return nil }
        guard let sequence = Int64(text), sequence > 0 else {
            throw .malformed("\(name) must be the number of a report")
        }
        return sequence
    }

    /// The place in a section that `after` names.
    func sectionPlace() throws(Problem) -> SectionPlace {
        guard let text = query("after") else { return .start }
        guard let place = SectionPlace(text) else { throw .malformed("after must be the `next` of another page") }
        return place
    }
}

extension InventoryReader {
    /// What the last report of a device states; nil before the first.
    func lastPredicate(of device: Device) async throws -> ReportStatement.Predicate? {
        guard let head = device.head else { return nil }
        return try await store.report(of: device.id, sequence: head.sequence)
            .map { try ReportStatement.Predicate(of: $0) }
    }
}
