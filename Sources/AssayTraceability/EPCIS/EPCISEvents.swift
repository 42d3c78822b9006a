internal import AssayModel

/// Events of GS1 EPCIS 2.0 in JSON-LD as records: what was fitted into what, in the order of time.
///
/// Commissioning says what a thing is, aggregation and association put it into another. What is fitted until the first
/// removal is the unit as it was built; every later event that changes it is a delta. A unit is what is never inside of
/// anything but a package.
struct EPCISEvents {
    /// What an event says of the children (EPCIS 2.0, 7.4.3 and 7.4.6).
    enum Action: String {
        /// They are put in.
        case add = "ADD"
        /// They are taken out.
        case delete = "DELETE"
        /// They are there, perhaps beside others; nothing comes or goes.
        case observe = "OBSERVE"
    }

    /// One event about which things are inside of another.
    struct Change {
        let time: RecordMoment
        let text: String
        /// Place among the events of the document.
        let number: Int
        let path: String
        let parent: String
        var action: Action
        let isRepair: Bool
        /// What the event names or, as a change of a unit, all parts that come or go.
        var things: [Containment.Thing]
        let site: String?
        let station: String?
        let id: String?

        /// Whether the things are taken out.
        var isRemoval: Bool { action == .delete }
    }

    /// What commissioning says of a thing.
    private var described: [String: ImportRow] = [:]
    private var changes: [Change] = []
    /// Most events of one document.
    static let limit = 100_000

    /// Reads a document.
    static func read(_ bytes: [UInt8]) throws(RecordFailure) -> [TableImport.Unit] {
        let root = try JSONNode(parsing: bytes)
        guard let body = try root.child("epcisBody") else {
            throw RecordFailure(.invalid, field: "epcisBody", detail: "is required")
        }
        var events = EPCISEvents()
        if let list = try body.child("eventList", "event") {
            for (number, node) in try list.list(most: limit).enumerated() { try events.take(node, number) }
        }
        events.changes.sort { ($0.time, $0.number) < ($1.time, $1.number) }
        return try events.units()
    }

    /// Steps of the core business vocabulary 2.0 in which things are packed, moved and kept, not built.
    private static let logistics: Set<String> = [
        "accepting", "arriving", "collecting", "consigning", "departing", "holding", "loading", "packing", "picking",
        "receiving", "repackaging", "retail_selling", "shipping", "staging_outbound", "stocking", "storing",
        "transporting", "unloading", "unpacking", "void_shipping",
    ]

    private mutating func take(_ node: JSONNode, _ number: Int) throws(RecordFailure) {
        let name = try node.text("action") ?? "ADD"
        guard let action = Action(rawValue: name) else { throw node.failure("\(name) is no action", .invalid) }
        switch try node.text("type", "isA") {
        case "ObjectEvent": try takeCommissioning(node)
        case "AggregationEvent", "AssociationEvent": try takeChange(node, number, action)
        case "TransactionEvent", "TransformationEvent": break
        default: throw node.failure("has no type of EPCIS 2.0", .invalid)
        }
    }

    /// Instance or lot master data, whose names are those of a column whatever their prefix.
    private mutating func takeCommissioning(_ node: JSONNode) throws(RecordFailure) {
        guard let data = try node.child("ilmd") else { return }
        var row = ImportRow()
        for (key, value) in try data.object().sorted(by: { $0.key < $1.key }) {
            let name = key.split(separator: ":").last.map(String.init) ?? key
            let field = JSONNode(value, at: "\(data.path).\(key)")
            guard let known = RowField(name) ?? RowField(usual: name), !known.isOfUnit else { continue }
            guard let text = try field.text() else { continue }
            do { try row.set(known, text) } catch {
                throw RecordFailure(.invalid, field: field.path, detail: error.detail)
            }
        }
        for code in try node.list("epcList") {
            if let text = try code.text() { described[text] = row }
        }
        for entry in try node.list("quantityList") {
            if let text = try entry.text("epcClass") { described[text] = row }
        }
    }

    private mutating func takeChange(_ node: JSONNode, _ number: Int, _ action: Action) throws(RecordFailure) {
        // Whoever sees things together may not see in what.
        if action == .observe, try node.text("parentID") == nil { return }
        guard let parent = try node.text("parentID") else { throw node.failure("has no parentID", .invalid) }
        guard let text = try node.text("eventTime"), let time = RecordMoment(text) else {
            throw node.failure("has no eventTime of RFC 3339", .invalid)
        }
        let step = Self.step(try node.text("bizStep") ?? "")
        if Self.logistics.contains(step) || ProductCode.isPackage(parent) { return }
        let things = try Self.things(node, in: parent)
        changes.append(
            Change(
                time: time, text: text, number: number, path: node.path, parent: parent, action: action,
                isRepair: step == "repairing" || step == "replacing", things: things,
                site: try node.child("bizLocation")?.text("id"), station: try node.child("readPoint")?.text("id"),
                id: try node.text("eventID")))
    }

    /// Name of a step that is written as a word, as a URN or as a link.
    private static func step(_ text: String) -> String {
        let word = text.lowercased().split { $0 == ":" || $0 == "/" }.last ?? ""
        return String(word.hasPrefix("bizstep-") ? word.dropFirst("bizstep-".count) : word)
    }

    private static func things(_ node: JSONNode, in parent: String) throws(RecordFailure) -> [Containment.Thing] {
        var things: [Containment.Thing] = []
        for child in try node.list("childEPCs") {
            guard let code = try child.text() else { throw child.failure("is empty", .invalid) }
            guard code != parent else { throw child.failure("is inside of itself", .cycle) }
            things.append(Containment.Thing(code: code))
        }
        var count = things.count
        for entry in try node.list("childQuantityList") {
            guard let code = try entry.text("epcClass") else { throw entry.failure("has no epcClass", .invalid) }
            let quantity = try entry.text("quantity").flatMap { Int($0) } ?? 1
            guard (1...1024).contains(quantity) else { throw entry.failure("has no quantity from 1 to 1024", .invalid) }
            count += quantity
            guard count <= RecordJSON.maximumEntries else {
                throw entry.failure("is one of more than \(RecordJSON.maximumEntries) parts", .tooLarge)
            }
            things.append(Containment.Thing(code: code, quantity: quantity, isLot: true))
        }
        return things
    }

    private func units() throws(RecordFailure) -> [TableImport.Unit] {
        let units = try UnitChanges(changes)
        guard !units.order.isEmpty || changes.allSatisfy({ $0.action == .observe }) else {
            throw RecordFailure(
                .invalid, field: "epcisBody", detail: "each thing is inside of another at some time: none is the unit")
        }
        var result: [TableImport.Unit] = []
        for code in units.order {
            let changes = units.changes[code] ?? []
            let built = changes.prefix { !$0.isRemoval && !$0.isRepair }
            var record = record(of: code, Array(built))
            if let contradictions = units.contradictions[code] {
                record.source = RecordProvenance(origin: "imported")
                record.source?.contradictions = contradictions
            }
            result.append(.record(record))
            for change in changes.dropFirst(built.count) where !change.things.isEmpty {
                result.append(.delta(delta(of: code, change)))
            }
        }
        return result
    }

    private func unit(_ code: String) -> AsBuiltRecord.Unit {
        let name = ProductCode(code)
        let row = described[code]
        var unit = AsBuiltRecord.Unit(
            serial: row?.part.part.serial ?? name.serial ?? code, manufacturer: row?.part.part.manufacturer,
            model: row?.part.part.model ?? name.item)
        unit.revision = row?.part.part.revision
        return unit
    }

    private func parts(_ things: [Containment.Thing]) -> [BuiltComponent] {
        things.flatMap { thing in
            let name = ProductCode(thing.code)
            var part = described[thing.code]?.part ?? BuiltComponent(.unclassified)
            if part.componentClass.rawValue.isEmpty { part.componentClass = .unclassified }
            part.part.serial = part.part.serial ?? name.serial
            part.part.partNumber = part.part.partNumber ?? name.item
            part.lot = part.lot ?? name.lot
            part.evidenceDocument = part.evidenceDocument ?? thing.code
            return Array(repeating: part, count: thing.quantity)
        }
    }

    private func record(of code: String, _ changes: [Change]) -> AsBuiltRecord {
        var record = AsBuiltRecord(device: unit(code), components: parts(changes.flatMap(\.things)))
        record.builtAt = changes.last?.text
        record.factory = changes.last?.site
        record.station = changes.last?.station
        return record
    }

    private func delta(of code: String, _ change: Change) -> RecordDelta {
        let unit = unit(code)
        let status: ComponentChange.Status = change.isRemoval ? .removed : .added
        var delta = RecordDelta(
            device: unit, amends: .init(serial: unit.serial),
            changes: parts(change.things).map { ComponentChange(status, $0) })
        delta.id = change.id
        delta.kind = change.isRepair ? .repair : nil
        delta.changedAt = change.text
        delta.site = change.site
        return delta
    }
}
