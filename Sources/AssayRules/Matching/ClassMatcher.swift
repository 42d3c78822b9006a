internal import AssayModel

/// Pairs the expected and the found parts of one class; every part is used once.
struct ClassMatcher {
    /// One expected part and the part that stands for it.
    struct Pair {
        let row: Int
        let column: Int
        let variant: Int
    }

    /// Pairs and what is left on both sides, in order.
    struct Match {
        var pairs: [Pair] = []
        var unmatchedRows: [Int] = []
        var unmatchedColumns: [Int] = []
    }

    /// Most parts on one side for which the optimal assignment is computed.
    static let assignmentLimit = 512

    private static let requiredPrice: Int64 = 1_000_000_000
    private static let optionalPrice: Int64 = 1_000_000

    let placeholders: PlaceholderList

    /// Pairs what belongs together.
    func match(_ expectations: [Expectation], _ found: [FoundPart]) -> Match {
        var work = Work(expectations, found, placeholders)
        work.pairInPlace { !$0.differs }
        work.pairBySerial { !$0.differs }
        if max(work.rows.count, work.columns.count) <= Self.assignmentLimit {
            assign(&work)
        } else {
            work.pairInPlace { _ in true }
            work.pairBySerial { _ in true }
            work.pairByIdentity()
        }
        work.pairs.sort { $0.row < $1.row }
        return Match(pairs: work.pairs, unmatchedRows: work.rows, unmatchedColumns: work.columns)
    }

    private func assign(_ work: inout Work) {
        guard !work.rows.isEmpty, !work.columns.isEmpty else { return }
        var variants = [[Int]](repeating: [], count: work.rows.count)
        var costs = [[Int64]](repeating: [], count: work.rows.count)
        for (index, row) in work.rows.enumerated() {
            for column in work.columns {
                let score = PairScore(work.expectations[row], work.found[column], placeholders: placeholders)
                costs[index].append(score?.cost ?? MinimumCostAssignment.forbidden)
                variants[index].append(score?.variant ?? 0)
            }
        }
        let prices = work.rows.map { work.expectations[$0].optional ? Self.optionalPrice : Self.requiredPrice }
        let assignment = MinimumCostAssignment(costs: costs, unassigned: prices).columns
        let rows = work.rows
        let columns = work.columns
        for (index, column) in assignment.enumerated() {
            guard let column else { continue }
            work.take(Pair(row: rows[index], column: columns[column], variant: variants[index][column]))
        }
        work.compact()
    }
}

/// The state of one matching.
private struct Work {
    let expectations: [Expectation]
    let found: [FoundPart]
    let placeholders: PlaceholderList
    var pairs: [ClassMatcher.Pair] = []
    /// Rows and columns that are still free, in order.
    var rows: [Int]
    var columns: [Int]
    private var takenRows: [Bool]
    private var takenColumns: [Bool]

    /// Most parts with one key that are tried for an expectation.
    private static let candidateLimit = 8

    init(_ expectations: [Expectation], _ found: [FoundPart], _ placeholders: PlaceholderList) {
        self.expectations = expectations
        self.found = found
        self.placeholders = placeholders
        rows = Array(expectations.indices)
        columns = Array(found.indices)
        takenRows = Array(repeating: false, count: expectations.count)
        takenColumns = Array(repeating: false, count: found.count)
    }

    mutating func take(_ pair: ClassMatcher.Pair) {
        pairs.append(pair)
        takenRows[pair.row] = true
        takenColumns[pair.column] = true
    }

    mutating func compact() {
        rows.removeAll { takenRows[$0] }
        columns.removeAll { takenColumns[$0] }
    }

    /// Pairs parts that stand in their exact place, where `accepts` agrees.
    mutating func pairInPlace(_ accepts: (PairScore) -> Bool) {
        pair(columnsBy: \.location, rowsBy: \.exactSlot, accepts)
    }

    /// Pairs parts with the same serial, where `accepts` agrees.
    mutating func pairBySerial(_ accepts: (PairScore) -> Bool) {
        pair(columnsBy: \.serialKey, rowsBy: \.serialKey) { $0.serialAgrees && accepts($0) }
    }

    /// Pairs the rest in order, where identity and place allow it.
    mutating func pairByIdentity() { pair(columnsBy: \.identityKey, rowsBy: \.identityKey) { !$0.differs } }

    private mutating func pair(
        columnsBy columnKey: (FoundPart) -> String?, rowsBy rowKey: (Expectation) -> String?,
        _ accepts: (PairScore) -> Bool
    ) {
        if rows.isEmpty || columns.isEmpty { return }
        var queues = ColumnQueues(columns, of: found, by: columnKey)
        for row in rows {
            guard let key = rowKey(expectations[row]), let first = queues.first[key] else { continue }
            var previous: Int?
            var next: Int? = first
            for _ in 0..<Self.candidateLimit {
                guard let column = next else { break }
                next = queues.following[column]
                guard let score = PairScore(expectations[row], found[column], placeholders: placeholders),
                    accepts(score)
                else {
                    previous = column
                    continue
                }
                take(ClassMatcher.Pair(row: row, column: column, variant: score.variant))
                queues.remove(column, behind: previous, key)
                break
            }
        }
        compact()
    }
}

/// Columns with one key, in order, linked by their numbers: most keys have one column only.
private struct ColumnQueues {
    private(set) var first: [String: Int]
    private(set) var following: [Int?]

    init(_ columns: [Int], of found: [FoundPart], by key: (FoundPart) -> String?) {
        first = Dictionary(minimumCapacity: columns.count)
        following = Array(repeating: nil, count: found.count)
        for column in columns.reversed() {
            guard let key = key(found[column]) else { continue }
            following[column] = first.updateValue(column, forKey: key)
        }
    }

    /// Takes a column out of the queue of `key`, in which it stands behind `previous`.
    mutating func remove(_ column: Int, behind previous: Int?, _ key: String) {
        if let previous {
            following[previous] = following[column]
        } else {
            first[key] = following[column]
        }
    }
}

extension FoundPart {
    /// Model and device number in one text; nil without either.
    fileprivate var identityKey: String? { Self.identityKey(value(of: .model), value(of: .id("device"))) }

    fileprivate static func identityKey(_ model: String?, _ device: String?) -> String? {
        if model == nil && device == nil { return nil }
        return FieldText(model ?? "", form: .words).folded + "/" + FieldText(device ?? "", form: .hexadecimal).folded
    }
}

extension Expectation {
    /// Model and device number of the first choice in one text; nil without either.
    fileprivate var identityKey: String? {
        FoundPart.identityKey(
            firstChoice(.model)?.values.first?.raw, firstChoice(.id("device"))?.values.first?.raw)
    }
}
