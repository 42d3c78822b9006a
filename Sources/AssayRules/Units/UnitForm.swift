package import AssayModel

/// What a unit shares with others of its model: its inventory with stand-ins for the values that only it has.
///
/// Two units of one form get one judgement, in which each puts its own values. The form holds the pattern of the values: which
/// are equal, which are placeholders, and what the signals say that look into them.
package struct UnitForm: Sendable {
    /// The inventory.
    package let inventory: InventorySnapshot
    /// The inventory before it, by the same values.
    package let former: InventorySnapshot?
    /// Signals that would be shown by stand-ins and are not shown by the unit.
    package let muted: Set<MutedSignal>
    /// The unit's own values.
    package let values: UnitValues
    /// Names what is equal for all units of the form, as far as the values had a part in it: device, components and
    /// firmware, and what is muted.
    package let digest: ContentDigest

    /// Days within which every date that a part may state has come.
    private static let horizon = 4_000_000

    /// Takes the values out; nil for a unit that shows something only it can show, which is judged by itself.
    package init?(
        of inventory: InventorySnapshot, former: InventorySnapshot?, lists: RuleLists, today: CalendarDay?,
        placeholders: PlaceholderList = .standard
    ) {
        var collector = UnitRewriter()
        _ = collector.rewrite(inventory)
        if let former { _ = collector.rewrite(former) }
        let values = UnitValues(of: collector.texts, placeholders: placeholders)
        guard values.isWithinLimit else { return nil }
        let standIns = values.standIns
        var rewriter = UnitRewriter(standIns)
        let form = rewriter.rewrite(inventory)
        let formerForm = former.map { rewriter.rewrite($0) }
        // What already looks like a stand-in would be taken for one.
        guard let bytes = Self.encode(form, formerForm), standIns.occurrences(in: bytes) == rewriter.replaced else {
            return nil
        }
        let rule = SignalRule(lists: lists, placeholders: placeholders, today: today)
        let own = rule.differences(RuleContext(inventory: inventory, previous: former))
        let shared = rule.differences(RuleContext(inventory: form, previous: formerForm))
        // A date that is still to come stops being one by itself, so that the answer is that of one day.
        if let today, !own.isEmpty {
            let later = SignalRule(
                lists: lists, placeholders: placeholders, today: CalendarDay(number: today.number + Self.horizon))
            guard later.differences(RuleContext(inventory: inventory, previous: former)) == own else { return nil }
        }
        // A signal that the unit shows must be shown by the form in the same words.
        guard own.allSatisfy({ signal, words in shared[signal]?.map(standIns.restored) == words }),
            Self.suppliersAgree(inventory, form, standIns, lists.suppliers)
        else { return nil }
        self.inventory = form
        self.former = formerForm
        self.values = values
        muted = Set(shared.keys).subtracting(own.keys)
        let list = muted.map(\.description).sorted().joined(separator: "\n")
        digest = .sha256(of: bytes + Array(list.utf8))
    }

    /// Whether the form names the suppliers that the unit names; a serial number names none.
    private static func suppliersAgree(
        _ inventory: InventorySnapshot, _ form: InventorySnapshot, _ standIns: StandIns, _ suppliers: SupplierIndex
    ) -> Bool {
        zip(inventory.components, form.components).allSatisfy { part, shared in
            part.properties == shared.properties && part.ids == shared.ids
                || suppliers.matches(part).map(\.basis) == suppliers.matches(shared).map { standIns.restored($0.basis) }
        }
    }

    /// The parts of an inventory in which units differ, a line each.
    private static func encode(_ inventories: InventorySnapshot?...) -> [UInt8]? {
        var bytes: [UInt8] = []
        for inventory in inventories {
            guard let inventory else {
                bytes += [0x2d, 0x0a]
                continue
            }
            guard let device = try? CanonicalJSON.encode(inventory.device) else { return nil }
            bytes += device + [0x0a]
            for parts in [inventory.components, inventory.firmware] {
                for part in parts {
                    guard let line = try? CanonicalJSON.encode(part) else { return nil }
                    bytes += line + [0x0a]
                }
                bytes.append(0x0a)
            }
        }
        return bytes
    }
}

extension AsBuiltRecord {
    /// The record with stand-ins for the values of its unit; nil for one that cannot be shared.
    ///
    /// - Parameter keepsMoment: whether the moment of building is judged, see ``UnitRewriter``.
    package func form(
        with values: UnitValues, keepsMoment: Bool = false, placeholders: PlaceholderList = .standard
    ) -> (record: AsBuiltRecord, values: UnitValues)? {
        var collector = UnitRewriter()
        _ = collector.rewrite(self, keepsMoment: keepsMoment)
        guard let all = values.adding(collector.texts, placeholders: placeholders), all.isWithinLimit else {
            return nil
        }
        let standIns = all.standIns
        var rewriter = UnitRewriter(standIns)
        let form = rewriter.rewrite(self, keepsMoment: keepsMoment)
        guard let bytes = try? CanonicalJSON.encode(form),
            standIns.occurrences(in: bytes) == rewriter.replaced
        else { return nil }
        return (form, all)
    }
}
