internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayReport
internal import AssayStore

/// Options that choose devices.
struct DeviceFilter: ParsableArguments {
    private static let pageSize = 500

    @Option(help: "Only those with this verdict.")
    var verdict: DeviceVerdict?

    @Option(help: "Only those of this maker and model: 'maker / model'.")
    var model: String?

    @Option(help: "Only those at this site.")
    var site: String?

    @Option(
        help: ArgumentHelp(
            "Only those whose serial number, model, maker, host name, site, id, or a part's serial number begins so.",
            valueName: "text"))
    var search: String?

    /// The devices that are left.
    func devices(in store: any Store) async throws -> [Device] {
        guard verdict != nil || model != nil || site != nil || search != nil else {
            return try await all(in: store)
        }
        // By model, as a device that reports meanwhile would change its place among those last seen.
        var query = DeviceQuery(order: .model)
        query.verdict = verdict
        query.model = model.map { DeviceFacts.searchForm($0) }
        query.site = site
        query.search = search.map { DeviceQuery.Search(for: $0) }
        var devices: [Device] = []
        var cursor: DeviceCursor?
        repeat {
            let page = try await store.devices(query, after: cursor, limit: Self.pageSize)
            guard !page.isCut else {
                throw CollectorFailure(
                    .usage, "more devices match than are looked through", nextStep: "search for a longer text")
            }
            devices += page.devices
            cursor = page.next
        } while cursor != nil
        return devices
    }

    private func all(in store: any Store) async throws -> [Device] {
        var devices: [Device] = []
        var cursor: ContentDigest?
        repeat {
            let page = try await store.devices(after: cursor, limit: Self.pageSize)
            devices += page
            cursor = page.count == Self.pageSize ? page.last?.id : nil
        } while cursor != nil
        return devices
    }
}

extension DeviceVerdict: ExpressibleByArgument {}
