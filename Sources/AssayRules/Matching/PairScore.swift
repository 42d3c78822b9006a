internal import AssayModel

/// How well one found part fits one expectation.
struct PairScore {
    /// Distance; 0 for a part that agrees in everything.
    let cost: Int64
    /// Which of the expectation's variants fits best.
    let variant: Int
    /// Whether any compared field differs.
    let differs: Bool
    /// Whether the serials agree and name a part.
    let serialAgrees: Bool

    private static let locationWeight: Int64 = 500
    private static let alternateWeight: Int64 = 10

    private enum Placement { case inPlace, elsewhere, free }

    /// Distance of the best admissible variant, or nil when the two have nothing to do with each other.
    init?(_ expectation: Expectation, _ found: FoundPart, placeholders: PlaceholderList) {
        let placement = Self.placement(expectation, found)
        var recorded = Distance()
        recorded.add(expectation.recorded, found, placeholders)
        var best: PairScore?
        for (index, variant) in expectation.variants.enumerated() {
            var distance = recorded
            distance.add(variant.fields, found, placeholders)
            guard Self.isAdmissible(distance, placement, expectation) else { continue }
            let cost =
                distance.cost + (index > 0 ? Self.alternateWeight : 0)
                + (placement == .elsewhere ? Self.locationWeight : 0)
            if cost < best?.cost ?? .max {
                best = PairScore(
                    cost: cost, variant: index, differs: distance.differs, serialAgrees: distance.serialAgrees)
            }
        }
        guard let best else { return nil }
        self = best
    }

    private init(cost: Int64, variant: Int, differs: Bool, serialAgrees: Bool) {
        self.cost = cost
        self.variant = variant
        self.differs = differs
        self.serialAgrees = serialAgrees
    }

    private static func placement(_ expectation: Expectation, _ found: FoundPart) -> Placement {
        guard let slot = expectation.slot, let location = found.location else { return .free }
        if slot.matches(location) { return slot.isLiteral ? .inPlace : .free }
        return .elsewhere
    }

    /// Same place or same serial always link two parts; elsewhere the identity must agree; where any place will do, it
    /// may differ when the class has one kind of part only, which is then a swapped one.
    private static func isAdmissible(
        _ distance: Distance, _ placement: Placement, _ expectation: Expectation
    ) -> Bool {
        if distance.serialAgrees || placement == .inPlace { return true }
        if placement == .elsewhere { return !distance.identityDiffers && distance.identityAgrees }
        if !distance.identityDiffers { return true }
        return !expectation.optional && distance.isSameKind(expectation.componentClass)
    }
}

/// The fields of one variant against one part.
private struct Distance {
    private(set) var cost: Int64 = 0
    private(set) var differs = false
    private(set) var serialAgrees = false
    private(set) var identityDiffers = false
    private(set) var identityAgrees = false
    private var vendorAgrees = false
    private var baseClassAgrees: Bool?

    mutating func add(_ fields: [ExpectedField], _ found: FoundPart, _ placeholders: PlaceholderList) {
        for field in fields {
            switch field.agreement(with: found, placeholders: placeholders) {
            case .equal: agree(field.name)
            case .differs: differ(field, found)
            case .unreadable: cost += field.name.weight / 8 + 1
            case .noticed: cost += 1
            case .unconstrained: break
            }
        }
    }

    private mutating func agree(_ name: FieldName) {
        switch name {
        case .serial: serialAgrees = true
        case .id("vendor"), .manufacturer: vendorAgrees = true
        case .id("class"): baseClassAgrees = true
        default: break
        }
        if name.isIdentity { identityAgrees = true }
    }

    private mutating func differ(_ field: ExpectedField, _ found: FoundPart) {
        cost += field.name.weight
        differs = true
        if field.name.isIdentity { identityDiffers = true }
        guard field.name == .id("class"), !field.values.isEmpty, let value = found.value(of: field.name) else { return }
        let base = value.prefix(2)
        baseClassAgrees = field.values.contains { $0.raw.prefix(2) == base }
    }

    /// Buses carry parts of every kind; a part there is a replacement only when its kind or its maker is the same.
    func isSameKind(_ componentClass: ComponentClass) -> Bool {
        guard componentClass == .pci || componentClass == .usb else { return true }
        return vendorAgrees || (componentClass == .pci && baseClassAgrees == true)
    }
}
