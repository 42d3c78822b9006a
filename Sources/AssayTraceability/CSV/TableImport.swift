internal import AssayModel

/// Turns a table into records: one row for each part, grouped by the serial number of the unit.
struct TableImport {
    /// What was read.
    enum Unit {
        case record(AsBuiltRecord)
        case delta(RecordDelta)
    }

    /// Most faults that are listed; reading goes on to the end of the file all the same.
    static let listedFaults = 100

    /// Most parts that the quantities of a file add to its rows, so that a short file does not become a large one.
    static let maximumCopies = 262_144

    private struct Column {
        let header: String
        let field: RowField?
    }

    /// Everything that is known of one unit.
    private struct Group {
        var row: ImportRow
        let firstRow: Int
        let cells: [Int: String]
        var parts: [BuiltComponent] = []
        var deltas: [DeltaGroup] = []

        /// How many parts the rows so far have.
        var count: Int { parts.count + deltas.reduce(0) { $0 + $1.changes.count } }
    }

    /// Changes of one unit that were made together.
    private struct DeltaGroup {
        let delta: RecordDelta
        let firstRow: Int
        let cells: [Int: String]
        var changes: [ComponentChange] = []
    }

    private let map: ColumnMap
    private var columns: [Column] = []
    private var constants: [(RowField, String)] = []
    private let classesOfMap: Set<String>
    private var groups: [Group] = []
    private var indices: [String: Int] = [:]
    private var faults: [RecordFailure] = []
    private var faultCount = 0
    private var copies = 0

    /// Reads all rows; throws all faults together, or gives all units.
    static func read(_ bytes: [UInt8], map: ColumnMap) throws(RecordFailure) -> [Unit] {
        var table = TableImport(map: map)
        var reader = try CSVReader(bytes, separator: map.separatorByte)
        guard let header = try reader.next() else {
            throw RecordFailure(.unknownForm, field: "", detail: "the table has no rows")
        }
        table.readHeader(header)
        guard table.faults.isEmpty else {
            throw table.failure ?? RecordFailure(.malformed, field: "", detail: "header")
        }
        while let row = try reader.next() { table.read(row) }
        if let failure = table.failure { throw failure }
        return table.units
    }

    private init(map: ColumnMap) {
        self.map = map
        classesOfMap = Set((map.values["class"] ?? [:]).values.map { $0.lowercased() })
        constants = map.constants.sorted { $0.key < $1.key }.compactMap { name, text in
            RowField(name).map { ($0, text) }
        }
    }

    private var failure: RecordFailure? {
        var all = faults
        if faultCount > faults.count {
            all.append(RecordFailure(.tooLarge, field: "", detail: "and \(faultCount - faults.count) more faults"))
        }
        return RecordFailure(all)
    }

    private mutating func fault(_ code: RecordFailure.Code, _ row: Int, _ column: String, _ detail: String) {
        faultCount += 1
        guard faults.count < Self.listedFaults else { return }
        let place = column.isEmpty ? "row \(row)" : "row \(row), column \(column)"
        faults.append(RecordFailure(code, field: place, detail: detail))
    }

    private mutating func readHeader(_ row: CSVReader.Row) {
        var seen: Set<RowField> = []
        for (index, cell) in row.cells.enumerated() {
            let header = Self.text(cell)?.trimmed ?? ""
            if header.isEmpty, index == row.cells.count - 1, index > 0 {
                columns.append(Column(header: "", field: nil))
                continue
            }
            guard let known = map.field(of: header) else {
                fault(
                    .unknownField, row.number, "\(index + 1) (\(header))",
                    "names no field of a record; map it to one, or list it under ignore")
                continue
            }
            if let field = known, !seen.insert(field).inserted {
                fault(.duplicate, row.number, "\(index + 1) (\(header))", "a second column for \(field.name)")
            }
            columns.append(Column(header: header, field: known))
        }
        for needed in ["device.serial", "device.id"] where seen.contains(where: { $0.name == needed }) { return }
        if constants.contains(where: { $0.0.name == "device.serial" || $0.0.name == "device.id" }) { return }
        if faults.isEmpty { fault(.invalid, row.number, "", "no column for device.serial or device.id") }
    }

    private mutating func read(_ row: CSVReader.Row) {
        let before = faultCount
        if row.cells.count > columns.count {
            fault(.malformed, row.number, "\(columns.count + 1)", "more cells than the header has columns")
            return
        }
        var result = ImportRow()
        var cells: [Int: String] = [:]
        for (field, text) in constants { set(field, text, &result, row.number, field.name) }
        for (index, cell) in row.cells.enumerated() {
            guard let field = columns[index].field, !cell.isEmpty else { continue }
            guard let written = Self.text(cell) else {
                fault(.malformed, row.number, columns[index].header, "is not UTF-8, or holds a control character")
                continue
            }
            let trimmed = written.trimmed
            if trimmed.isEmpty { continue }
            let text = map.values[field.name]?[trimmed] ?? trimmed
            if field.isOfUnit { cells[index] = text }
            set(field, text, &result, row.number, columns[index].header)
        }
        if faultCount == before { enter(result, cells, row.number) }
    }

    private mutating func set(
        _ field: RowField, _ text: String, _ row: inout ImportRow, _ number: Int, _ header: String
    ) {
        do { try row.set(field, text) } catch { fault(.invalid, number, header, error.detail) }
    }

    private mutating func enter(_ row: ImportRow, _ allCells: [Int: String], _ number: Int) {
        let deltaCells = allCells.filter { columns[$0.key].field?.isOfDelta == true }
        let cells = allCells.filter { deltaCells[$0.key] == nil }
        let unit = row.record.device
        guard let key = unit.serial.map({ "s/" + $0 }) ?? unit.id.map({ "i/" + $0 }) else {
            return fault(.invalid, number, "", "names no unit: device.serial and device.id are empty")
        }
        if row.hasPart, !isKnown(row.part.componentClass, number) { return }
        let index: Int
        if let known = indices[key] {
            index = known
            let former = groups[known]
            guard agrees(cells, with: former.cells, row: former.firstRow, of: "the same unit", number) else { return }
        } else {
            index = groups.count
            indices[key] = index
            groups.append(Group(row: row, firstRow: number, cells: cells))
        }
        var delta: Int?
        if row.status != nil || !deltaCells.isEmpty {
            delta = enterDelta(row, deltaCells, in: index, number)
            if delta == nil { return }
        }
        guard row.hasPart else { return }
        guard groups[index].count + row.quantity <= RecordJSON.maximumEntries else {
            return fault(.tooLarge, number, "", "more than \(RecordJSON.maximumEntries) parts of one unit")
        }
        copies += row.quantity - 1
        guard copies <= Self.maximumCopies else {
            return fault(.tooLarge, number, "", "quantities add more than \(Self.maximumCopies) parts to the file")
        }
        for _ in 0..<row.quantity {
            if let status = row.status, let delta {
                groups[index].deltas[delta].changes.append(ComponentChange(status, row.part))
            } else {
                groups[index].parts.append(row.part)
            }
        }
    }

    /// Finds the delta that a row belongs to, by its id; nil where the row contradicts it.
    private mutating func enterDelta(
        _ row: ImportRow, _ cells: [Int: String], in group: Int, _ number: Int
    ) -> Int? {
        if let known = groups[group].deltas.firstIndex(where: { $0.delta.id == row.delta.id }) {
            let former = groups[group].deltas[known]
            let isSame = agrees(cells, with: former.cells, row: former.firstRow, of: "the same change", number)
            return isSame ? known : nil
        }
        groups[group].deltas.append(DeltaGroup(delta: row.delta, firstRow: number, cells: cells))
        return groups[group].deltas.count - 1
    }

    /// Whether a class is one that scans have or the map names; another one would be a part that no device shows.
    private mutating func isKnown(_ name: ComponentClass, _ number: Int) -> Bool {
        if ComponentClass.ofTables.contains(name) || classesOfMap.contains(name.rawValue) { return true }
        fault(
            .invalid, number, "class",
            name.rawValue.isEmpty
                ? "is required for a part"
                : "\(name.rawValue) is no class of a scan; if it is right, name it in the map under values.class")
        return false
    }

    /// All rows of a unit or of a change must say the same of it; an empty cell says nothing.
    private mutating func agrees(
        _ cells: [Int: String], with former: [Int: String], row: Int, of what: String, _ number: Int
    ) -> Bool {
        var isSame = true
        for (column, text) in cells.sorted(by: { $0.key < $1.key }) {
            guard let stated = former[column], stated != text else { continue }
            fault(
                .invalid, number, columns[column].header,
                "\(text) contradicts row \(row), which has \(stated) for \(what)")
            isSame = false
        }
        return isSame
    }

    private var units: [Unit] {
        groups.flatMap { group -> [Unit] in
            let row = group.row
            var result: [Unit] = []
            let deltas = group.deltas.filter { !$0.changes.isEmpty }
            if !group.parts.isEmpty || deltas.isEmpty {
                var record = row.record
                record.components = group.parts
                result.append(.record(record))
            }
            for group in deltas {
                var delta = group.delta
                let unit = row.record.device
                delta.device = unit
                delta.amends = .init(serial: unit.serial, id: unit.id)
                delta.operatorName = row.record.operatorName
                delta.changes = group.changes
                result.append(.delta(delta))
            }
            return result
        }
    }

    private static func text(_ cell: ArraySlice<UInt8>) -> String? {
        guard let text = String(validating: cell, as: UTF8.self),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
        else { return nil }
        return text
    }
}

extension ComponentClass {
    /// Classes that a scan gives to parts.
    fileprivate static let ofTables: Set<ComponentClass> = [
        .system, .baseboard, .chassis, .processor, .cache, .memoryArray, .memory, .port, .slot, .onboard, .soc, .pci,
        .usb, .storage, .network, .tpm, .battery, .powerSupply, .managementController, .sensor, .vendorSpecific,
        .firmware, .unclassified,
    ]
}

extension String {
    /// The text without blanks at its ends.
    fileprivate var trimmed: String {
        guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
        let start = drop(while: \.isWhitespace)
        return String(start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)])
    }
}
