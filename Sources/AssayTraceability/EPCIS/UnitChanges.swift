internal import AssayModel

/// Changes of things inside of each other, as changes of the units that contain them at the time.
///
/// A unit is what is never inside of anything. What is fitted brings its contents along, and what is taken out takes them.
struct UnitChanges {
    /// Units in the order of their first change.
    private(set) var order: [String] = []
    /// Changes of each unit in the order of time, with all parts that come or go.
    private(set) var changes: [String: [EPCISEvents.Change]] = [:]

    private var inside = Containment()
    private let parts: Set<String>
    private var left: Int

    /// Follows `events`, which are in the order of time.
    init(_ events: [EPCISEvents.Change]) throws(RecordFailure) {
        var parts: Set<String> = []
        var listed = 0
        for event in events {
            listed += event.things.count
            for thing in event.things where !event.isRemoval && !thing.isLot { parts.insert(thing.code) }
        }
        self.parts = parts
        // Parts that go in and out with what they are in are told anew each time.
        left = listed + TableImport.maximumCopies
        for event in events {
            let path = try inside.path(of: event.parent, event.path)
            if event.isRemoval { try remove(event, path) } else { try add(event, path) }
        }
    }

    private mutating func remove(_ event: EPCISEvents.Change, _ path: [String]) throws(RecordFailure) {
        // EPCIS 2.0, 7.4.3: a removal that names nothing takes out everything.
        let things = event.things.isEmpty ? inside.things(in: event.parent) : event.things
        note(event, try flattened(things, of: path, event), of: path)
        for thing in things { inside.take(thing, outOf: event.parent) }
    }

    private mutating func add(_ event: EPCISEvents.Change, _ path: [String]) throws(RecordFailure) {
        var added: [Containment.Thing] = []
        for thing in event.things {
            guard thing.isLot || !path.contains(thing.code) else {
                throw RecordFailure(.cycle, field: event.path, detail: "\(thing.code) is inside of itself")
            }
            let former = inside.parent(of: thing)
            if former == event.parent { continue }
            guard let former else {
                added += try flattened([thing], of: path, event)
                inside.put(thing, into: event.parent)
                continue
            }
            // What is put somewhere else left where it was; within one unit that changes nothing.
            let formerPath = try inside.path(of: former, event.path)
            if formerPath.last != path.last {
                var removal = event
                removal.isRemoval = true
                note(removal, try flattened([thing], of: formerPath, event), of: formerPath)
                added += try flattened([thing], of: path, event)
            }
            inside.take(thing, outOf: former)
            inside.put(thing, into: event.parent)
        }
        note(event, added, of: path)
    }

    /// Things with their contents where they change a unit; nothing where they change what is a part itself.
    private mutating func flattened(
        _ things: [Containment.Thing], of path: [String], _ event: EPCISEvents.Change
    ) throws(RecordFailure) -> [Containment.Thing] {
        guard let unit = path.last, !parts.contains(unit) else { return [] }
        guard let all = inside.flattened(things, most: min(left, RecordJSON.maximumEntries)) else {
            throw RecordFailure(.tooLarge, field: event.path, detail: "changes too many parts")
        }
        left -= all.reduce(0) { $0 + $1.quantity }
        return all
    }

    private mutating func note(_ event: EPCISEvents.Change, _ things: [Containment.Thing], of path: [String]) {
        guard let unit = path.last, !parts.contains(unit) else { return }
        if changes[unit] == nil { order.append(unit) }
        var change = event
        change.things = things
        changes[unit, default: []].append(change)
    }
}
