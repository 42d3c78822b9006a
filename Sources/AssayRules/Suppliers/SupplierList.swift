internal import AssayModel

/// `hwprofiles/lists/suppliers.json`: what a device shows of each supplier that a list of restrictions names.
package struct SupplierList: Sendable, Decodable {
    /// The schema that this version of the type reads.
    package static let currentSchema = "assay/suppliers/v1"

    /// One supplier.
    package struct Supplier: Sendable, Decodable {
        /// Name in lists of restrictions.
        package let id: String
        /// Names, compared word by word.
        let names: [WordText]
        /// Names of others that hold one of those names.
        let others: [WordText]
        /// USB vendor ids.
        let usb: [String]
        /// PCI vendor ids.
        let pci: [String]
        /// Three letters of PNP ids (EDID, ACPI).
        let pnp: [String]
        /// Four letters of ACPI ids.
        let acpi: [String]
        /// Vendor prefixes of device trees.
        let deviceTree: [String]
        /// JEP106 codes.
        let memory: [MemoryMakerCode]
        /// Names of packages, with `*` for any run of characters.
        let packages: [String]
        /// Names of kernel modules.
        let modules: [String]

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case id, names, others, usb, pci, pnp, acpi, deviceTree, memory, packages, modules
        }

        /// Reads the JSON form.
        package init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            func texts(_ key: CodingKeys) throws -> [String] { try values.list(forKey: key) }
            id = try values.decode(String.self, forKey: .id)
            names = try texts(.names).map(WordText.init)
            others = try texts(.others).map(WordText.init)
            usb = try texts(.usb)
            pci = try texts(.pci)
            pnp = try texts(.pnp)
            acpi = try texts(.acpi)
            deviceTree = try texts(.deviceTree)
            memory = try texts(.memory).map { text in
                guard let code = MemoryMakerCode(text) else {
                    throw DecodingError.dataCorruptedError(
                        forKey: .memory, in: values, debugDescription: "is not a code like 8a91")
                }
                return code
            }
            packages = try texts(.packages)
            modules = try texts(.modules)
        }
    }

    /// Day of the copy.
    package let date: CalendarDay
    /// Where the values come from.
    package let sources: [String: String]
    /// The suppliers.
    package let suppliers: [Supplier]

    /// A list that knows nobody.
    static let empty = SupplierList(date: CalendarDay(number: 0), sources: [:], suppliers: [])

    private init(date: CalendarDay, sources: [String: String], suppliers: [Supplier]) {
        self.date = date
        self.sources = sources
        self.suppliers = suppliers
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case schema, date, sources, suppliers }

    /// Reads the JSON form; unknown keys are refused.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        _ = try values.schema(Self.currentSchema, forKey: .schema)
        date = try values.decode(CalendarDay.self, forKey: .date)
        sources = try values.decode([String: String].self, forKey: .sources)
        suppliers = try values.decode([Supplier].self, forKey: .suppliers)
    }
}

/// `hwprofiles/lists/oui.json`: which prefixes of hardware addresses the IEEE gave to the makers that the rules need.
package struct AddressPrefixList: Sendable, Decodable {
    /// The schema that this version of the type reads.
    package static let currentSchema = "assay/oui/v1"

    /// Day of the copy.
    package let date: CalendarDay
    /// Where the prefixes come from.
    package let source: String
    /// Prefixes of 24, 28 or 36 bits by the id of the supplier.
    package let makers: [String: [String]]

    /// A list that knows nobody.
    static let empty = AddressPrefixList(date: CalendarDay(number: 0), source: "", makers: [:])

    private init(date: CalendarDay, source: String, makers: [String: [String]]) {
        self.date = date
        self.source = source
        self.makers = makers
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case schema, date, source, makers }

    /// Reads the JSON form; prefixes stand in one text for each maker, separated by blanks.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        _ = try values.schema(Self.currentSchema, forKey: .schema)
        date = try values.decode(CalendarDay.self, forKey: .date)
        source = try values.decode(String.self, forKey: .source)
        makers = try values.decode([String: [String]].self, forKey: .makers)
            .mapValues { $0.flatMap { $0.split(separator: " ").map(String.init) } }
        for prefix in makers.values.joined() where ![6, 7, 9].contains(prefix.utf8.count) {
            throw DecodingError.dataCorruptedError(
                forKey: .makers, in: values, debugDescription: "\(prefix) has neither 24, 28 nor 36 bits")
        }
    }
}
