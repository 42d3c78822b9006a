internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The list of devices, what is done to several of them at once, and the letting in of new ones.
struct DevicesPages: Sendable {
    private static let pageSize = 50
    private static let exportPage = 500
    private static let bulkLimit = 500
    private static let path = "/devices"

    let operations: Operations
    let lists: DeviceLists
    let address: String
    let wakeEvaluation: @Sendable () -> Void

    private var store: any Store { operations.store }

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        table.page(Self.path) { request, _, visit in .page(try await page(request, visit)) }
        table.page("/devices.csv") { request, _, visit in try await export(request, visit) }
        table.form("/devices/bulk", for: .register, changeAll)
        table.page("/devices/join", for: .register) { _, _, visit in
            .page(JoinPage(profiles: try await lists.profiles(), formToken: visit.formToken))
        }
        table.form("/devices/join", for: .register, makeToken)
    }

    // MARK: The list

    private func page(_ request: Request, _ visit: ConsoleVisit) async throws -> DevicesPage {
        let query = try lists.query(request, at: visit.now)
        let cursor = try lists.cursor(request, query)
        let page = try await store.devices(query, after: cursor, limit: Self.pageSize)
        let groups = try await store.deviceGroups(limit: 200)
        let parameters = Self.parameters(request)
        let list = ConsoleServer.address(Self.path, parameters)
        let here = request.query("after").map { ConsoleServer.address(Self.path, parameters + [("after", $0)]) } ?? list
        return DevicesPage(
            filter: filter(request, query, groups), rows: page.devices.map { row($0, visit.now) },
            isFiltered: parameters.contains { $0.0 != "sort" }, isCut: page.isCut,
            links: DevicesPage.Links(
                here: here, first: cursor == nil ? nil : list,
                next: page.next.map { ConsoleServer.address(Self.path, parameters + [("after", $0.description)]) },
                table: ConsoleServer.address("/devices.csv", parameters)),
            mayRegister: visit.may(.register), mayAdminister: visit.may(.administer), formToken: visit.formToken)
    }

    private func row(_ device: Device, _ now: Timestamp) -> DevicesPage.Row {
        DevicesPage.Row(
            id: device.id.hex, name: device.name, model: device.modelText, serial: device.facts.serial,
            site: device.site, verdict: device.verdictBadge, isOutOfDate: device.isOutOfDate,
            isRevoked: device.revokedAt != nil, isSilent: lists.isSilent(device, at: now),
            findings: device.findingBadges, seen: MomentView(device.head?.receivedAt, at: now))
    }

    private func filter(
        _ request: Request, _ query: DeviceQuery, _ groups: (models: [String], sites: [String])
    ) -> DevicesPage.Filter {
        let verdicts =
            [ChoiceView("", "any", isChosen: query.verdict == nil)]
            + DeviceLists.verdicts.map {
                ChoiceView($0, $0.replacing("-", with: " "), isChosen: query.verdict?.rawValue == $0)
            }
        let names: [DeviceQuery.Order: String] = [
            .lastSeen: "last seen", .model: "model", .verdict: "verdict", .findings: "findings",
        ]
        let orders = DeviceQuery.Order.allCases.map {
            ChoiceView($0.rawValue, names[$0] ?? $0.rawValue, isChosen: query.order == $0)
        }
        return DevicesPage.Filter(
            text: request.query("q") ?? "", model: query.model ?? "", site: query.site ?? "",
            isSilent: query.silentSince != nil, silence: Self.words(lists.silence), verdicts: verdicts, orders: orders,
            models: groups.models, sites: groups.sites)
    }

    /// A span in whole hours, or minutes where it is shorter.
    private static func words(_ span: Duration) -> String {
        let minutes = span.components.seconds / 60
        return minutes >= 120 ? "\(minutes / 60) h" : "\(minutes) min"
    }

    /// What of an address makes its query, in a fixed order.
    private static func parameters(_ request: Request) -> [(String, String)] {
        DeviceLists.parameters.compactMap { name in
            request.query(name).flatMap { $0.isEmpty ? nil : (name, $0) }
        }
    }

    // MARK: The table

    private func export(_ request: Request, _ visit: ConsoleVisit) async throws -> ConsoleAnswer {
        var query = try lists.query(request, at: visit.now)
        // A device that reports meanwhile would move to the pages that are written already, and be missed.
        if query.order == .lastSeen { query.order = .model }
        let store = store
        return .file(
            name: "devices.csv", type: "text/csv; charset=utf-8",
            body: ResponseBody { [query] writer in
                let head =
                    ["id", "verdict", "critical", "high", "medium", "low", "maker", "model", "serial", "host"]
                    + ["site", "last seen", "profile", "record", "revoked"]
                try await writer.write(ByteBuffer(string: CSVRow.text(head)))
                var cursor: DeviceCursor?
                repeat {
                    let page = try await store.devices(query, after: cursor, limit: Self.exportPage)
                    try await writer.write(ByteBuffer(string: page.devices.map(Self.cells).joined()))
                    cursor = page.next
                } while cursor != nil
                try await writer.finish(nil)
            })
    }

    private static func cells(_ device: Device) -> String {
        let findings = device.standing?.findings ?? FindingCounts()
        let facts = device.facts
        return CSVRow.text([
            device.id.description, (device.standing?.verdict ?? .pending).rawValue, String(findings.critical),
            String(findings.high), String(findings.medium), String(findings.low), facts.manufacturer, facts.model,
            facts.serial, facts.hostname, device.site, device.head?.receivedAt.description,
            device.standing?.profileID, device.standing?.recordID, device.revokedAt?.description,
        ])
    }

    // MARK: Several at once

    private func changeAll(
        _ form: FormBody, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        let names = form.all("device")
        guard !names.isEmpty else { throw Problem.malformed("no device was ticked") }
        guard names.count <= Self.bulkLimit else {
            throw Problem.malformed("at most \(Self.bulkLimit) devices are changed at once")
        }
        let ids = try names.map { name in
            guard let id = ContentDigest("sha256:" + name) else { throw Problem.malformed("not the id of a device") }
            return id
        }
        let notice: ConsoleNotice
        switch form["action"] {
        case "site":
            let site = try DeviceForms.site(form)
            for id in ids { _ = try await store.assignSite(site, to: id, by: visit.actor) }
            notice = .saved
        case "profile":
            let profile = try await DeviceForms.profile(form, operations)
            for id in ids { _ = try await store.assignProfile(profile, to: id, by: visit.actor) }
            notice = .saved
        case "revoke":
            try DeviceForms.checkRevocation(form, visit)
            for id in ids { _ = try await store.revokeDevice(id, by: visit.actor) }
            notice = .revoked
        default: throw Problem.malformed("the form asks for nothing that is known")
        }
        wakeEvaluation()
        let next = ConsoleServer.ownPath(form["next"])
        return .go(to: next.hasPrefix(Self.path) ? next : Self.path, notice: notice)
    }

    // MARK: Letting in

    private func makeToken(
        _ form: FormBody, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        let profiles = try await lists.profiles()
        do {
            guard let uses = Int(form["uses"]), let hours = Int(form["hours"]), (1...8784).contains(hours) else {
                throw CollectorFailure(.usage, "number of devices and hours must be whole numbers")
            }
            let profile = form["profile"].isEmpty ? nil : form["profile"]
            let made = try await operations.createToken(
                uses: uses, validFor: .seconds(hours * 3600), profile: profile, by: visit.actor)
            let token = JoinPage.Token(
                text: made.token, command: "assay-agent enroll --collector \(address) --token \(made.token)",
                uses: uses, ends: MomentView(made.details.expiresAt, at: visit.now), profile: profile)
            return .page(JoinPage(token: token, profiles: profiles, formToken: visit.formToken))
        } catch let failure as CollectorFailure where failure.code == .usage || failure.code == .noInput {
            return .page(
                JoinPage(
                    problem: failure.sentence, uses: form["uses"], hours: form["hours"], profile: form["profile"],
                    profiles: profiles, formToken: visit.formToken))
        }
    }
}

/// What forms about devices say, checked.
enum DeviceForms {
    private static let siteLimit = 200

    /// The site that is entered; nil for none.
    static func site(_ form: FormBody) throws(Problem) -> String? {
        let site = form["site"]
        guard site.unicodeScalars.count <= siteLimit else {
            throw .malformed("a site has at most \(siteLimit) characters")
        }
        return site.isEmpty ? nil : site
    }

    /// The profile that is entered, which exists; nil for none.
    static func profile(_ form: FormBody, _ operations: Operations) async throws -> String? {
        let id = form["profile"]
        guard !id.isEmpty else { return nil }
        return try await named { try await operations.profile(id) }.id
    }

    /// Throws unless trust may be withdrawn, and somebody said that they are sure.
    static func checkRevocation(_ form: FormBody, _ visit: ConsoleVisit) throws(Problem) {
        guard visit.may(.administer) else { throw .notPermitted(.administer) }
        guard form["sure"] == "yes" else {
            throw .malformed("nothing was changed: tick that you are sure, as trust cannot be given back")
        }
    }
}
