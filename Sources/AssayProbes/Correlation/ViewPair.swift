internal import AssayModel

/// Two interfaces that show the same parts: the one under whose location a part is kept, and the one that adds to it.
protocol ViewPair {
    /// Class of the kept parts.
    static var partClass: ComponentClass { get }
    /// Start of the names under which the other interface's facts are kept: `spd`.
    static var prefix: String { get }

    /// Whether a component is one of the kept parts.
    static func isPart(_ component: Component) -> Bool
    /// Whether a component is the other interface's.
    static func isView(_ component: Component) -> Bool
    /// What both name alike and no other part has, in one form; nil where nothing is stated.
    static func name(of component: Component) -> String?
    /// Whether nothing that both state speaks against their being one part.
    static func agree(_ part: Component, _ view: Component) -> Bool
}

extension ViewPair {
    /// More parts than any machine has; beyond that nothing is told apart.
    private static var limit: Int { 1024 }
    /// Most parts that are named as the one that a view may belong to.
    private static var candidateLimit: Int { 16 }

    /// Makes one component of each part that both interfaces show, and marks the views that belong to some part.
    ///
    /// A view joins a part when both state the same name and nobody else does, or when only one of each is left;
    /// never when anything that both state differs. Of the rest, those that may each be one of the parts left over are
    /// marked; when there are more of them than parts, some are parts of their own, and none is marked.
    static func correlate(_ components: inout [Component]) {
        var parts = components.indices.filter { isPart(components[$0]) }
        var views = components.indices.filter { isView(components[$0]) }
        guard !parts.isEmpty, !views.isEmpty, parts.count <= limit, views.count <= limit else { return }
        var joined: [(part: Int, view: Int)] = namesakes(parts, views, components)
        parts.removeAll { part in joined.contains { $0.part == part } }
        views.removeAll { view in joined.contains { $0.view == view } }
        if parts.count == 1, views.count == 1, agree(components[parts[0]], components[views[0]]) {
            joined.append((parts[0], views[0]))
            views = []
        }
        if views.count <= parts.count {
            for view in views { mark(view, among: parts, &components) }
        }
        for pair in joined { components[pair.part].join(components[pair.view], as: prefix) }
        let gone = Set(joined.map(\.view))
        components = components.indices.filter { !gone.contains($0) }.map { components[$0] }
    }

    /// Pairs of which both state one name that no other part and no other view has.
    private static func namesakes(
        _ parts: [Int], _ views: [Int], _ components: [Component]
    ) -> [(part: Int, view: Int)] {
        func byName(_ indices: [Int]) -> [String: [Int]] {
            Dictionary(grouping: indices) { name(of: components[$0]) ?? "" }
        }
        let named = byName(parts)
        return byName(views).sorted { $0.key < $1.key }.compactMap { name, views in
            guard !name.isEmpty, let parts = named[name], parts.count == 1, views.count == 1,
                agree(components[parts[0]], components[views[0]])
            else { return nil }
            return (parts[0], views[0])
        }
    }

    private static func mark(_ view: Int, among parts: [Int], _ components: inout [Component]) {
        let candidates = parts.filter { agree(components[$0], components[view]) }
        guard !candidates.isEmpty else { return }
        components[view].properties[Component.viewProperty] = partClass.rawValue
        components[view].properties["view.candidates"] = candidates.prefix(candidateLimit)
            .map { components[$0].location }.joined(separator: "; ")
    }
}

extension Component {
    /// Takes over what `view` says of the same part: what was not stated is filled in, what was stated stays, and every
    /// fact says from where it came.
    fileprivate mutating func join(_ view: Component, as prefix: String) {
        let fields: [(String, WritableKeyPath<Component, String?>)] = [
            ("manufacturer", \.manufacturer), ("model", \.model), ("partNumber", \.partNumber), ("serial", \.serial),
            ("revision", \.revision), ("firmwareVersion", \.firmwareVersion),
        ]
        var provided: [String] = []
        var confirmed: [String] = []
        for (name, path) in fields {
            guard let value = view[keyPath: path] else { continue }
            guard let own = self[keyPath: path] else {
                self[keyPath: path] = value
                provided.append(name)
                continue
            }
            // Hexadecimal serial numbers come in either case.
            if own.lowercased() == value.lowercased() { confirmed.append(name) }
            if own != value { properties["\(prefix).\(name)"] = value }
        }
        for (name, value) in view.ids where ids.updateIfAbsent(name, value) {
            properties["\(prefix).ids.\(name)"] = value
        }
        for (name, value) in view.digests where digests.updateIfAbsent(name, value) {
            properties["\(prefix).digests.\(name)"] = value.description
        }
        for (name, value) in view.properties {
            properties[name.hasPrefix(prefix + ".") ? name : "\(prefix).\(name)"] = value
        }
        properties["\(prefix).provides"] = provided.isEmpty ? nil : provided.joined(separator: " ")
        properties["\(prefix).confirms"] = confirmed.isEmpty ? nil : confirmed.joined(separator: " ")
        properties["\(prefix).location"] = view.location
        properties["\(prefix).evidence"] =
            "\(view.evidence.access.rawValue) \(view.evidence.probe) \(view.evidence.path)"
    }
}

extension Dictionary where Value: Equatable {
    /// Sets a value that is not there yet; true when another one is.
    fileprivate mutating func updateIfAbsent(_ key: Key, _ value: Value) -> Bool {
        guard let present = self[key] else {
            self[key] = value
            return false
        }
        return present != value
    }
}
