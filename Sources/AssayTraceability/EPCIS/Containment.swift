internal import AssayModel

/// What is inside of what at one moment, as events put things in and take them out.
struct Containment {
    /// One thing that is put in or taken out, or several of a lot.
    struct Thing {
        let code: String
        var quantity = 1
        /// Whether it is one of a lot, so that the code names no single thing.
        var isLot = false

        fileprivate var key: Key { Key(code: code, isLot: isLot) }
    }

    fileprivate struct Key: Hashable {
        let code: String
        let isLot: Bool
    }

    private struct Entry {
        let number: Int
        var thing: Thing
    }

    /// Things inside of things inside of things: most levels.
    static let maximumDepth = 16

    private var parents: [String: String] = [:]
    private var contents: [String: [Key: Entry]] = [:]
    private var count = 0

    /// A thing and what contains it, the outermost last.
    func path(of code: String, _ field: String) throws(RecordFailure) -> [String] {
        var path = [code]
        var current = code
        while let parent = parents[current] {
            guard path.count <= Self.maximumDepth else {
                throw RecordFailure(.tooDeep, field: field, detail: "nested deeper than \(Self.maximumDepth) levels")
            }
            path.append(parent)
            current = parent
        }
        return path
    }

    /// What directly contains a thing now.
    func parent(of thing: Thing) -> String? { thing.isLot ? nil : parents[thing.code] }

    /// What is directly inside of a thing now, in the order in which it came.
    func things(in code: String) -> [Thing] {
        (contents[code] ?? [:]).values.sorted { $0.number < $1.number }.map(\.thing)
    }

    /// How many of a thing are directly inside of another now.
    func quantity(of thing: Thing, in code: String) -> Int { contents[code]?[thing.key]?.thing.quantity ?? 0 }

    mutating func put(_ thing: Thing, into parent: String) {
        count += 1
        if !thing.isLot { parents[thing.code] = parent }
        contents[parent, default: [:]][thing.key, default: Entry(number: count, thing: thing.none)].thing.quantity +=
            thing.quantity
    }

    mutating func take(_ thing: Thing, outOf parent: String) {
        guard var entry = contents[parent]?[thing.key] else { return }
        if !thing.isLot { parents[thing.code] = nil }
        entry.thing.quantity -= thing.quantity
        contents[parent]?[thing.key] = entry.thing.quantity > 0 ? entry : nil
    }

    /// Things and all that is inside of them, each before its contents; nil when that is more than `most`.
    func flattened(_ things: [Thing], most: Int) -> [Thing]? {
        var result: [Thing] = []
        var count = 0
        var open = Array(things.reversed())
        while let thing = open.popLast() {
            count += thing.quantity
            guard count <= most else { return nil }
            result.append(thing)
            if !thing.isLot { open += self.things(in: thing.code).reversed() }
        }
        return result
    }
}

extension Containment.Thing {
    /// The same thing, none of it.
    fileprivate var none: Self {
        var thing = self
        thing.quantity = 0
        return thing
    }
}
