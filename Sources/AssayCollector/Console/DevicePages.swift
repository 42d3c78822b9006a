internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayReport
internal import AssayRules
internal import AssayStore
internal import Hummingbird

/// The pages about one device.
struct DevicePages: Sendable {
    private static let pageSize = 50
    private static let findingLimit = 20
    private static let partLimit = 300
    private static let gapLimit = 100
    /// Class of outcomes about files, which have a page of their own.
    private static let file: ComponentClass = "file"

    let operations: Operations
    let lists: DeviceLists
    let partNames: PartNaming
    let wakeEvaluation: @Sendable () -> Void

    private var store: any Store { operations.store }
    private var reader: InventoryReader { InventoryReader(store: store) }

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        table.page("/devices/{id}") { request, context, visit in
            .page(try await page(request, try await device(context), visit))
        }
        table.page("/devices/{id}/packages") { request, context, visit in
            .page(try await packages(request, try await device(context), visit))
        }
        table.page("/devices/{id}/files") { request, context, visit in
            .page(try await files(request, try await device(context), visit))
        }
        table.page("/devices/{id}/reports") { request, context, visit in
            .page(try await reports(request, try await device(context), visit))
        }
        table.page("/devices/{id}/compare") { request, context, visit in
            .page(try await compare(request, try await device(context), visit))
        }
        table.form("/devices/{id}/site", for: .register) { form, context, visit in
            let device = try await device(context)
            _ = try await store.assignSite(try DeviceForms.site(form), to: device.id, by: visit.actor)
            wakeEvaluation()
            return .go(to: "/devices/\(device.id.hex)", notice: .saved)
        }
        table.form("/devices/{id}/profile", for: .register) { form, context, visit in
            let device = try await device(context)
            let profile = try await DeviceForms.profile(form, operations)
            _ = try await store.assignProfile(profile, to: device.id, by: visit.actor)
            wakeEvaluation()
            return .go(to: "/devices/\(device.id.hex)", notice: .saved)
        }
        table.form("/devices/{id}/revoke", for: .administer) { form, context, visit in
            try DeviceForms.checkRevocation(form, visit)
            let device = try await device(context)
            _ = try await store.revokeDevice(device.id, by: visit.actor)
            return .go(to: "/devices/\(device.id.hex)", notice: .revoked)
        }
    }

    private func device(_ context: CollectorContext) async throws -> Device {
        let name = context.parameters.get("id") ?? ""
        do { return try await operations.device(name) } catch let failure as CollectorFailure {
            switch failure.code {
            case .noInput, .usage:
                throw Problem.notFound("no device here is named \(name.prefix(80)); look for it in the list of devices")
            default: throw failure
            }
        }
    }

    private func head(_ device: Device, _ part: DeviceHead.Part?, _ visit: ConsoleVisit) -> DeviceHead {
        device.head(part, isSilent: lists.isSilent(device, at: visit.now), at: visit.now)
    }

    // MARK: Inventory

    private func page(_ request: Request, _ device: Device, _ visit: ConsoleVisit) async throws -> DevicePage {
        var open = FindingQuery(deviceID: device.id, order: .severity)
        open.includesInfo = false
        let findings = try await store.findings(open, after: nil, limit: Self.findingLimit + 1).findings
        let inventory = try await DeviceInventory.last(of: device, in: store, judgedBy: lists.evaluator)
        let showsAll = request.query("show") != "differences"
        let mayRegister = visit.may(.register)
        var shown: DevicePage.Inventory?
        if let inventory { shown = await self.shown(inventory, showsAll: showsAll) }
        return DevicePage(
            head: head(device, .inventory, visit), inventory: shown,
            findings: findings.prefix(Self.findingLimit).map { DevicePage.FindingRow($0, at: visit.now) },
            moreFindings: findings.count > Self.findingLimit,
            profiles: mayRegister ? try await lists.profiles() : [],
            sites: mayRegister ? try await store.deviceGroups(limit: 200).sites : [],
            mayRegister: mayRegister, mayRevoke: visit.may(.administer) && device.revokedAt == nil,
            formToken: visit.formToken)
    }

    private func shown(_ inventory: DeviceInventory, showsAll: Bool) async -> DevicePage.Inventory {
        let all = inventory.result?.outcomes ?? []
        let outcomes = all.filter { $0.componentClass != Self.file }
        let uncompared = inventory.uncompared
        let names = await partNames(Self.texts(outcomes, uncompared))
        let compared = outcomes.map { PartRow($0) { names[PartText($0, $1)] ?? $1 } }
        let others = uncompared.map { component in
            PartRow(component, text: names[PartText(component.componentClass, component.summary)] ?? component.summary)
        }
        // What differs is shown whatever there is beside it.
        let differing = compared.filter(\.differs)
        let rest = (compared.filter { !$0.differs } + others).sorted(by: PartRow.precedes)
        let room = max(0, Self.partLimit - differing.count)
        let parts = showsAll ? differing.prefix(Self.partLimit) + rest.prefix(room) : differing.prefix(Self.partLimit)
        let firmware = inventory.firmware.prefix(Self.gapLimit).map { component in
            PartRow(component, text: component.summary)
        }
        return DevicePage.Inventory(
            parts: parts.sorted(by: PartRow.precedes), partCount: compared.count + others.count, showsAll: showsAll,
            reasons: inventory.result?.reasons ?? [], isJudged: inventory.result != nil,
            isOlderJudgement: inventory.isOlderJudgement, firmware: firmware, boot: inventory.boot,
            kernel: inventory.kernel, modules: max(0, inventory.lines(of: .kernel) - 1),
            gaps: Array(inventory.gaps.prefix(Self.gapLimit)), gapCount: inventory.lines(of: .gaps),
            damage: inventory.damage, fileOutcomes: all.count - outcomes.count)
    }

    /// What may begin with the numbers of a part.
    private static func texts(_ outcomes: [Outcome], _ components: [Component]) -> Set<PartText> {
        let stated = outcomes.flatMap { outcome in
            [outcome.expected, outcome.observed].compactMap { $0.map { PartText(outcome.componentClass, $0) } }
        }
        return Set(stated + components.map { PartText($0.componentClass, $0.summary) })
    }

    // MARK: Sections

    private func packages(
        _ request: Request, _ device: Device, _ visit: ConsoleVisit
    ) async throws -> DevicePackagesPage {
        let (list, values): (SectionList, [Package]) = try await section(.packages, request, device)
        return DevicePackagesPage(head: head(device, .packages, visit), list: list, packages: values)
    }

    private func files(_ request: Request, _ device: Device, _ visit: ConsoleVisit) async throws -> DeviceFilesPage {
        let (list, values): (SectionList, [FileEntry]) = try await section(.files, request, device)
        let open = FindingQuery(deviceID: device.id, includesInfo: false, order: .severity)
        let findings = try await store.findings(open, after: nil, limit: 200).findings
            .filter { $0.rule.hasPrefix("files/") }
        // What was compared stands below the first page of all files.
        let result = list.isWhole ? try await lists.evaluator.result(of: device) : nil
        let outcomes = (result?.outcomes ?? []).filter {
            $0.componentClass == Self.file && $0.kind != .matched
        }.map { PartRow($0) { _, text in text } }.sorted(by: PartRow.precedes)
        return DeviceFilesPage(
            head: head(device, .files, visit), list: list, files: values,
            outcomes: Array(outcomes.prefix(Self.pageSize)),
            outcomeCount: outcomes.count,
            problems: findings.prefix(Self.findingLimit).map { DevicePage.FindingRow($0, at: visit.now) })
    }

    private func section<Value: Decodable & Sendable>(
        _ section: SectionName, _ request: Request, _ device: Device
    ) async throws -> (SectionList, [Value]) {
        let text = String((request.query("q") ?? "").prefix(200))
        let place = try request.sectionPlace()
        guard let predicate = try await reader.lastPredicate(of: device) else {
            return (SectionList(text: text, total: nil, shown: 0, first: nil, next: nil, faulty: 0), [])
        }
        let page: SectionPage<Value> = try await reader.page(
            of: section, in: predicate, containing: text, from: place, limit: Self.pageSize)
        let query = text.isEmpty ? "" : "q=\(ConsoleServer.escaped(text))&"
        let list = SectionList(
            text: text, total: predicate.sections[section.rawValue]?.lines ?? 0, shown: page.values.count,
            first: place == .start ? nil : "?\(query)", next: page.next.map { "?\(query)after=\($0)" },
            faulty: page.faulty)
        return (list, page.values)
    }

    // MARK: Reports

    private func reports(
        _ request: Request, _ device: Device, _ visit: ConsoleVisit
    ) async throws -> DeviceReportsPage {
        let before = try request.sequence("before")
        // One more, to know whether the inventory of the last one shown is another than that before it.
        let reports = try await store.reports(of: device.id, before: before, limit: Self.pageSize + 1)
        let rows = reports.prefix(Self.pageSize).enumerated().map { index, report in
            let former = reports.dropFirst(index + 1).first
            return DeviceReportsPage.Row(
                sequence: report.sequence, digest: report.digest.hex, root: report.inventoryRoot.hex,
                received: MomentView(report.receivedAt, at: visit.now), isFresh: report.isFresh,
                isChanged: former.map { $0.inventoryRoot != report.inventoryRoot }, isFrom: index == 1,
                isTo: index == 0)
        }
        let last = reports.count > Self.pageSize ? reports.prefix(Self.pageSize).last : nil
        return DeviceReportsPage(
            head: head(device, .reports, visit), rows: rows,
            first: before == nil ? nil : "/devices/\(device.id.hex)/reports",
            next: last.map { "?before=\($0.sequence)" })
    }

    private func compare(
        _ request: Request, _ device: Device, _ visit: ConsoleVisit
    ) async throws -> DeviceComparePage {
        guard let from = try request.sequence("from"), let to = try request.sequence("to") else {
            throw Problem.malformed("choose two reports of the device to compare")
        }
        guard let before = try await store.report(of: device.id, sequence: from),
            let after = try await store.report(of: device.id, sequence: to)
        else { throw Problem.notFound("the device has no report \(from), or none \(to); choose two of its reports") }
        let changes = try await ReportComparison(reader: reader).changes(
            from: try ReportStatement.Predicate(of: before), to: try ReportStatement.Predicate(of: after))
        return DeviceComparePage(
            head: head(device, .reports, visit), from: from, to: to,
            before: MomentView(before.receivedAt, at: visit.now),
            after: MomentView(after.receivedAt, at: visit.now),
            sections: changes.map { section in
                DeviceComparePage.Section(
                    name: section.section, changes: section.changes.map(Self.shown), more: section.more,
                    isWhole: section.isWhole)
            })
    }

    private static func shown(_ change: LineChange) -> DeviceComparePage.Change {
        DeviceComparePage.Change(
            kind: change.kind.rawValue, name: change.name,
            fields: change.fields.prefix(40).map {
                DeviceComparePage.Field(name: $0.name, before: $0.before, after: $0.after)
            })
    }
}
