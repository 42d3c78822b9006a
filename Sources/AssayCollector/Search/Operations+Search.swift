internal import AssayModel
package import AssayStore

extension Operations {
    /// Most matches of one kind.
    private static let matchLimit = 12
    private static let idLimit = 5
    private static let stayLimit = 20
    /// Most objects of a page whose content is read to tell the paths of files.
    private static let contentLimit = 8

    /// Which devices hold what a text names.
    ///
    /// - Parameter selected: One of the matches of an earlier answer, whose devices are wanted.
    package func search(
        _ text: String, selected: (kind: FactKind, key: String)? = nil, after cursor: FactCursor? = nil, limit: Int
    ) async throws -> SearchView {
        guard let query = SearchQuery(text) else {
            throw CollectorFailure(
                .usage,
                "a search needs a text of \(SearchQuery.shortest) characters to \(SearchQuery.lengthLimit) bytes")
        }
        var matches: [FactMatch] = []
        var hasMore = false
        if let selected {
            let key = SearchQuery.key(selected.kind, selected.key)
            matches = try await store.factMatches(selected.kind, .whole(key), limit: 1)
        } else {
            for (kind, key) in query.keys {
                let found = try await store.factMatches(kind, key, limit: Self.matchLimit + 1)
                hasMore = hasMore || found.count > Self.matchLimit
                matches += found.prefix(Self.matchLimit)
            }
        }
        let single = matches.count == 1 ? matches.first : nil
        let page = try await holders(of: single, after: cursor, limit: limit)
        let isFirst = selected == nil
        return SearchView(
            query: query.text, devices: isFirst ? try await devices(query) : [],
            findings: isFirst ? try await findings(query) : [], matches: matches.map(SearchView.Match.init),
            hasMore: hasMore, former: try await former(query), selected: single.map(SearchView.Match.init),
            holders: page.holders, next: page.next?.text)
    }

    private func devices(_ query: SearchQuery) async throws -> [SearchView.DeviceHit] {
        guard let digits = query.deviceDigits else { return [] }
        return try await store.devices(withPrefix: digits, limit: Self.idLimit).map(SearchView.DeviceHit.init)
    }

    private func findings(_ query: SearchQuery) async throws -> [SearchView.FindingHit] {
        guard let prefix = query.findingPrefix else { return [] }
        return try await store.findings(withPrefix: prefix, limit: Self.idLimit).map { finding in
            SearchView.FindingHit(
                id: finding.id, severity: finding.severity, title: finding.title, device: finding.deviceID,
                state: finding.state.rawValue)
        }
    }

    /// Where parts with this number were; where they are now stands among the holders.
    private func former(_ query: SearchQuery) async throws -> [SearchView.Stay] {
        try await store.stays(serial: query.serial, limit: Self.stayLimit).compactMap { identity, stay in
            guard let until = stay.leftAt else { return nil }
            return SearchView.Stay(
                device: stay.device, part: identity.label, place: stay.location, from: stay.firstSeen, until: until)
        }
    }

    private func holders(
        of match: FactMatch?, after cursor: FactCursor?, limit: Int
    ) async throws -> (holders: [SearchView.Holder], next: FactCursor?) {
        guard let match else { return ([], nil) }
        let page = try await store.factHolders(match.kind, key: match.key, after: cursor, limit: limit)
        var paths: [ContentDigest: String] = [:]
        if match.kind == .file {
            for object in Set(page.holders.map(\.object)).sorted(by: { $0.hex < $1.hex }).prefix(Self.contentLimit) {
                paths[object] = try await self.paths(of: match.key, in: object)
            }
        }
        let holders = page.holders.map { holder in
            SearchView.Holder(
                device: SearchView.DeviceHit(holder.device), label: holder.label,
                place: holder.place ?? paths[holder.object])
        }
        return (holders, page.next)
    }

    /// Paths of the files whose digest begins with some digits.
    private func paths(of digits: String, in object: ContentDigest) async throws -> String? {
        guard let bytes = try await store.content(object) else { return nil }
        let mark = Array("\"sha256:\(digits)".utf8)
        let paths = bytes.split(separator: UInt8(ascii: "\n")).compactMap { line -> String? in
            guard line.firstRange(of: mark) != nil, (try? JSONBody.checkDepth(line)) != nil,
                let file = try? CanonicalJSON.decode(FileEntry.self, from: line), file.digest.hex.hasPrefix(digits)
            else { return nil }
            return file.path
        }
        return paths.isEmpty ? nil : paths.prefix(3).joined(separator: ", ") + (paths.count > 3 ? " …" : "")
    }
}
