/// The cheapest assignment of rows to columns: the Hungarian method with potentials (Kuhn 1955, Munkres 1957).
///
/// Every row may also stay unassigned at a price of its own. Time is rows² × (rows + columns) at worst.
struct MinimumCostAssignment {
    /// Price of a pair that may not be; higher than any sum of prices that may.
    static let forbidden: Int64 = 1 << 50

    /// Column of each row, nil for a row that stays unassigned.
    let columns: [Int?]

    /// Solves for `costs[row][column]`, none negative, and `unassigned[row]`.
    init(costs: [[Int64]], unassigned: [Int64]) {
        var solver = Solver(costs: costs, unassigned: unassigned)
        for row in costs.indices { solver.insert(row) }
        columns = solver.columnsByRow()
    }

    /// Index 0 of columns stands for "none", so that rows and columns count from 1.
    private struct Solver {
        let costs: [[Int64]]
        let unassigned: [Int64]
        let realColumns: Int
        let width: Int
        var rowPotential: [Int64]
        var columnPotential: [Int64]
        var rowOfColumn: [Int]

        init(costs: [[Int64]], unassigned: [Int64]) {
            self.costs = costs
            self.unassigned = unassigned
            realColumns = costs.first?.count ?? 0
            width = realColumns + costs.count
            rowPotential = [Int64](repeating: 0, count: costs.count + 1)
            columnPotential = [Int64](repeating: 0, count: width + 1)
            rowOfColumn = [Int](repeating: 0, count: width + 1)
        }

        /// Finds the cheapest augmenting path that starts in `row` and applies it.
        mutating func insert(_ row: Int) {
            var least = [Int64](repeating: .max, count: width + 1)
            var previous = [Int](repeating: 0, count: width + 1)
            var visited = [Bool](repeating: false, count: width + 1)
            var column = 0
            rowOfColumn[0] = row + 1
            repeat {
                visited[column] = true
                column = advance(from: column, &least, &previous, &visited)
            } while rowOfColumn[column] != 0
            while column != 0 {
                rowOfColumn[column] = rowOfColumn[previous[column]]
                column = previous[column]
            }
        }

        private mutating func advance(
            from column: Int, _ least: inout [Int64], _ previous: inout [Int], _ visited: inout [Bool]
        ) -> Int {
            let row = rowOfColumn[column]
            var delta = Int64.max
            var nearest = 0
            for candidate in 1...width where !visited[candidate] {
                let reduced = price(row, candidate) - rowPotential[row] - columnPotential[candidate]
                if reduced < least[candidate] {
                    least[candidate] = reduced
                    previous[candidate] = column
                }
                if least[candidate] < delta {
                    delta = least[candidate]
                    nearest = candidate
                }
            }
            for candidate in 0...width {
                if visited[candidate] {
                    rowPotential[rowOfColumn[candidate]] += delta
                    columnPotential[candidate] -= delta
                } else {
                    least[candidate] -= delta
                }
            }
            return nearest
        }

        private func price(_ row: Int, _ column: Int) -> Int64 {
            column <= realColumns ? costs[row - 1][column - 1] : unassigned[row - 1]
        }

        func columnsByRow() -> [Int?] {
            var result = [Int?](repeating: nil, count: costs.count)
            for column in 1..<(realColumns + 1) where rowOfColumn[column] != 0 {
                let row = rowOfColumn[column] - 1
                if costs[row][column - 1] < forbidden { result[row] = column - 1 }
            }
            return result
        }
    }
}
