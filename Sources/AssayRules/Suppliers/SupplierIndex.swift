package import AssayModel

/// Finds suppliers by what a device shows of them: exact on numbers, word by word on names.
package struct SupplierIndex: Sendable {
    /// A supplier that something on a device names.
    package struct Match: Sendable, Hashable {
        /// Its id in the list of suppliers.
        package let supplier: String
        /// What named it, in words: `usb vendor 12d1`.
        package let basis: String
        /// How sure that is.
        package let confidence: Finding.Confidence
    }

    private let suppliers: [SupplierList.Supplier]
    /// Suppliers by the first word of each of their names.
    private var byFirstWord: [String: [Int]] = [:]
    private var usb: [String: String] = [:]
    private var pci: [String: String] = [:]
    private var pnp: [String: String] = [:]
    private var acpi: [String: String] = [:]
    private var deviceTree: [String: String] = [:]
    private var memory: [MemoryMakerCode: String] = [:]
    private var prefixes: [String: String] = [:]
    private var modules: [String: String] = [:]
    private var packages: [String: String] = [:]
    private var packagePatterns: [(pattern: ShapePattern, supplier: String)] = []
    private let makers: MemoryMakerList

    /// Indexes the lists; `makers` names codes for people.
    init(_ list: SupplierList, _ addresses: AddressPrefixList, _ makers: MemoryMakerList) {
        suppliers = list.suppliers
        self.makers = makers
        for (number, supplier) in list.suppliers.enumerated() {
            for word in Set(supplier.names.compactMap(\.words.first)) { byFirstWord[word, default: []].append(number) }
            for id in supplier.usb { usb[id] = supplier.id }
            for id in supplier.pci { pci[id] = supplier.id }
            for id in supplier.pnp { pnp[id.uppercased()] = supplier.id }
            for id in supplier.acpi { acpi[id.uppercased()] = supplier.id }
            for prefix in supplier.deviceTree { deviceTree[prefix] = supplier.id }
            for code in supplier.memory { memory[code] = supplier.id }
            for module in supplier.modules { modules[module] = supplier.id }
            for name in supplier.packages {
                if name.contains("*") {
                    packagePatterns.append((ShapePattern(name), supplier.id))
                } else {
                    packages[name] = supplier.id
                }
            }
        }
        for (maker, list) in addresses.makers { for prefix in list { prefixes[prefix.lowercased()] = maker } }
    }

    /// Suppliers that a part names, the surest first.
    package func matches(_ part: Component) -> [Match] {
        var found = numbers(part) + addresses(part) + memoryMakers(part) + strings(part)
        if part.evidence.access == .virtual {
            // What a hypervisor shows is its own choice.
            found = found.map { Match(supplier: $0.supplier, basis: $0.basis + " (virtual)", confidence: .c) }
        }
        return found.sorted { ($1.confidence, $0.basis) < ($0.confidence, $1.basis) }
    }

    /// Suppliers that a name holds, for records and supplier graphs.
    package func matches(name: String, confidence: Finding.Confidence, as basis: String) -> [Match] {
        let words = WordText(name)
        let candidates = Set(words.words.flatMap { byFirstWord[$0] ?? [] })
        return candidates.sorted().map { suppliers[$0] }.filter { supplier in
            supplier.names.contains { words.contains($0) } && !supplier.others.contains { words.contains($0) }
        }.map { Match(supplier: $0.id, basis: "\(basis) \(name)", confidence: confidence) }
    }

    /// The supplier whose software a package is.
    package func match(_ package: Package) -> Match? {
        let supplier =
            packages[package.name] ?? packagePatterns.first { $0.pattern.matches(package.name) }.map(\.supplier)
        return supplier.map { Match(supplier: $0, basis: "package \(package.name)", confidence: .b) }
    }

    /// The supplier whose software a kernel module is.
    package func match(module name: String) -> Match? {
        modules[name].map { Match(supplier: $0, basis: "kernel module \(name)", confidence: .b) }
    }

    private func numbers(_ part: Component) -> [Match] {
        let vendor = part.ids["vendor"] ?? ""
        if part.componentClass == .usb, let supplier = usb[vendor] {
            return [Match(supplier: supplier, basis: "usb vendor \(vendor)", confidence: .a)]
        }
        guard part.componentClass == .pci else { return [] }
        var found: [Match] = []
        if let supplier = pci[vendor] {
            found.append(Match(supplier: supplier, basis: "pci vendor \(vendor)", confidence: .a))
        }
        // The board's maker; the silicon may be anybody's.
        if let board = part.ids["subsystemVendor"], let supplier = pci[board] {
            found.append(Match(supplier: supplier, basis: "pci subsystem vendor \(board)", confidence: .b))
        }
        return found
    }

    private func addresses(_ part: Component) -> [Match] {
        guard let text = part.properties["permanentAddress"], let address = HardwareAddress(text), !address.isLocal,
            !address.isGroup
        else { return [] }
        // The longest block wins: the IEEE hands out parts of one 24-bit prefix to several makers.
        for bits in [36, 28, 24] {
            let prefix = address.prefix(bits: bits)
            guard let supplier = prefixes[prefix] else { continue }
            return [Match(supplier: supplier, basis: "hardware address prefix \(prefix)/\(bits)", confidence: .b)]
        }
        return []
    }

    private func memoryMakers(_ part: Component) -> [Match] {
        var codes: [(what: String, code: MemoryMakerCode, confidence: Finding.Confidence)] = []
        if part.componentClass == "memory-spd" {
            if let code = part.ids["dramManufacturer"].flatMap(MemoryMakerCode.init) {
                codes.append(("memory die", code, .a))
            }
            if let code = part.ids["manufacturer"].flatMap(MemoryMakerCode.init) {
                codes.append(("memory module", code, .a))
            }
        } else if part.componentClass == .memory {
            if let both = part.manufacturer.flatMap(MemoryMakerCode.codes) {
                codes.append(("memory module", both.module, .b))
                if let die = both.die { codes.append(("memory die", die, .b)) }
            }
            if let code = part.properties["moduleManufacturerID"].flatMap(MemoryMakerCode.init) {
                codes.append(("memory module", code, .b))
            }
        }
        return codes.compactMap { what, code, confidence in
            let name = makers.name(of: code).map { " (\($0))" } ?? ""
            return memory[code].map { supplier in
                Match(supplier: supplier, basis: "\(what) maker \(code)\(name)", confidence: confidence)
            }
        }
    }

    private func strings(_ part: Component) -> [Match] {
        var found: [Match] = []
        if let maker = part.manufacturer {
            found += matches(name: maker, confidence: .b, as: "manufacturer")
            if part.componentClass == "display", let supplier = pnp[maker.uppercased()] {
                found.append(Match(supplier: supplier, basis: "display maker \(maker)", confidence: .b))
            }
        }
        // Drives and USB devices name their brand in the model where they have no field for the maker.
        if let model = part.model, part.componentClass == .storage || part.componentClass == .usb {
            found += matches(name: model, confidence: .b, as: "model")
        }
        for text in [part.properties["compatible"], part.properties["modalias"]].compactMap(\.self) {
            found += firmwareNames(text)
        }
        return found
    }

    /// `hisilicon,hi6220` in a device tree, `of:N…Chisilicon,hi6220` and `acpi:HISI0191:` in a module alias.
    private func firmwareNames(_ text: String) -> [Match] {
        if text.hasPrefix("acpi:") {
            return text.dropFirst(5).split(separator: ":").compactMap { id in
                (acpi[String(id.prefix(4)).uppercased()] ?? pnp[String(id.prefix(3)).uppercased()]).map {
                    Match(supplier: $0, basis: "acpi id \(id)", confidence: .b)
                }
            }
        }
        let names = text.hasPrefix("of:") ? text.split(separator: "C").dropFirst() : text.split(separator: " ")[...]
        return names.compactMap { name in
            guard let comma = name.firstIndex(of: ","), let supplier = deviceTree[name[..<comma].lowercased()] else {
                return nil
            }
            return Match(supplier: supplier, basis: "device tree \(name)", confidence: .b)
        }
    }
}
