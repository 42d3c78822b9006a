internal import AssayModel

/// Changes of things inside of each other, as changes of the units that contain them at the time.
///
/// A unit is what is never inside of anything. What is fitted brings its contents along, and what is taken out takes them.
struct UnitChanges {
    /// Units in the order of their first change.
    private(set) var order: [String] = []
    /// Changes of each unit in the order of time, with all parts that come or go.
    private(set) var changes: [String: [EPCISEvents.Change]] = [:]
    /// What was seen in a unit although no event had put it there, in words.
    private(set) var contradictions: [String: [String]] = [:]

    /// Most contradictions of one unit that are told one by one.
    private static let contradictionLimit = 64

    private var inside = Containment()
    private let parts: Set<String>
    private var left: Int

    /// Follows `events`, which are in the order of time.
    init(_ events: [EPCISEvents.Change]) throws(RecordFailure) {
        var parts: Set<String> = []
        var listed = 0
        for event in events {
            listed += event.things.count
            for thing in event.things where event.action == .add && !thing.isLot { parts.insert(thing.code) }
        }
        self.parts = parts
        // Parts that go in and out with what they are in are told anew each time.
        left = listed + TableImport.maximumCopies
        for event in events {
            let path = try inside.path(of: event.parent, event.path)
            switch event.action {
            case .add: try add(event, path)
            case .delete: try remove(event, path)
            case .observe: try observe(event, path)
            }
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
                removal.action = .delete
                note(removal, try flattened([thing], of: formerPath, event), of: formerPath)
                added += try flattened([thing], of: path, event)
            }
            inside.take(thing, outOf: former)
            inside.put(thing, into: event.parent)
        }
        note(event, added, of: path)
    }

    /// Holds what was seen against what the events so far have put there.
    ///
    /// An observation may be incomplete (EPCIS 2.0, 7.4.3): what it does not name may be there all the same. It neither adds
    /// nor removes, so that a thing seen where none was put shows an event that is missing or wrong.
    private mutating func observe(_ event: EPCISEvents.Change, _ path: [String]) throws(RecordFailure) {
        // Of what nothing was ever put into, nothing is known to be contradicted.
        guard let unit = path.last, changes[unit] != nil else { return }
        for thing in event.things {
            guard let elsewhere = try place(of: thing, besides: event.parent, event) else { continue }
            guard contradictions[unit, default: []].count < Self.contradictionLimit else { return }
            contradictions[unit, default: []].append(
                "\(thing.code) was seen inside of \(event.parent) at \(event.text), where events have it \(elsewhere)")
        }
    }

    /// Where events have a thing that was seen, in words; nil where they have it inside of `parent`.
    private mutating func place(
        of thing: Containment.Thing, besides parent: String, _ event: EPCISEvents.Change
    ) throws(RecordFailure) -> String? {
        guard thing.isLot else {
            let path = try inside.path(of: thing.code, event.path)
            if path.dropFirst().contains(parent) { return nil }
            return path.count > 1 ? "inside of \(path[1])" : "nowhere"
        }
        var known = inside.quantity(of: thing, in: parent)
        if known < thing.quantity {
            guard let all = inside.flattened(inside.things(in: parent), most: min(left, RecordJSON.maximumEntries))
            else {
                throw RecordFailure(.tooLarge, field: event.path, detail: "is seen among too many parts")
            }
            left -= all.reduce(0) { $0 + $1.quantity }
            known = all.filter { $0.isLot && $0.code == thing.code }.reduce(0) { $0 + $1.quantity }
        }
        return known < thing.quantity ? "\(known) times instead of \(thing.quantity)" : nil
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
