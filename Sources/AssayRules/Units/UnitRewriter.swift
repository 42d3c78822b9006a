internal import AssayModel

/// Walks over the values of a unit, collects them, and puts their stand-ins in their places.
struct UnitRewriter {
    private let standIns: StandIns?
    /// Every value that was met, in order.
    private(set) var texts: [String] = []
    /// How many were replaced.
    private(set) var replaced = 0

    /// Only collects without stand-ins.
    init(_ standIns: StandIns? = nil) { self.standIns = standIns }

    private mutating func text(_ value: String, isRaw: Bool = false) -> String {
        let name = isRaw ? UnitValues.rawPrefix + value : value
        texts.append(name)
        guard let standIn = standIns?.standIn(for: name) else { return value }
        replaced += 1
        return standIn
    }

    private mutating func text(_ value: String?) -> String? {
        guard let value else { return nil }
        return text(value) as String
    }

    mutating func rewrite(_ inventory: InventorySnapshot) -> InventorySnapshot {
        var form = inventory
        form.device.id = text(inventory.device.id)
        form.device.serial = text(inventory.device.serial)
        form.device.uuid = text(inventory.device.uuid)
        form.device.hostname = text(inventory.device.hostname)
        for index in form.components.indices { rewrite(&form.components[index]) }
        for index in form.firmware.indices { rewrite(&form.firmware[index]) }
        return form
    }

    private mutating func rewrite(_ part: inout Component) {
        part.serial = text(part.serial)
        rewrite(&part.ids, where: UnitFields.holdsID)
        rewrite(&part.properties, where: UnitFields.holdsProperty)
        for (name, digest) in part.digests.sorted(by: { $0.key < $1.key }) where UnitFields.holdsDigest(name) {
            part.digests[name] = ContentDigest(text(digest.description) as String) ?? digest
        }
    }

    private mutating func rewrite(_ map: inout [String: String], where isOwn: (String) -> Bool) {
        for (name, value) in map.sorted(by: { $0.key < $1.key }) where isOwn(name) {
            map[name] = text(value, isRaw: name.hasPrefix("raw.")) as String
        }
    }

    private mutating func rewrite(_ map: inout [String: AcceptedValues], where isOwn: (String) -> Bool) {
        for (name, accepted) in map.sorted(by: { $0.key < $1.key }) where isOwn(name) {
            map[name] = AcceptedValues(accepted.values.map { text($0, isRaw: name.hasPrefix("raw.")) as String })
        }
    }

    /// What a record states of one unit: numbers of parts, lots and the moment of building, which rules show and do not judge.
    ///
    /// - Parameter keepsMoment: whether the moment of building is judged, as papers of suppliers are held against it.
    mutating func rewrite(_ record: AsBuiltRecord, keepsMoment: Bool) -> AsBuiltRecord {
        var form = record
        form.device.id = text(record.device.id)
        form.device.serial = text(record.device.serial)
        if !keepsMoment { form.builtAt = text(record.builtAt) }
        form.operatorName = text(record.operatorName)
        form.source = nil
        for index in form.components.indices {
            form.components[index].part.serial = text(form.components[index].part.serial)
            for number in form.components[index].addresses.indices {
                form.components[index].addresses[number].value = text(form.components[index].addresses[number].value)
            }
            form.components[index].lot = text(form.components[index].lot)
            form.components[index].dateCode = text(form.components[index].dateCode)
            rewrite(&form.components[index].part.ids, where: UnitFields.holdsID)
            rewrite(&form.components[index].part.properties, where: UnitFields.holdsProperty)
            rewrite(&form.components[index].part.digests, where: UnitFields.holdsDigest)
        }
        return form
    }
}
