import AssayTestKit
import Testing

@testable import AssayRules

@Suite struct MinimumCostAssignmentTests {
    @Test("Finds the optimum that taking the nearest first misses")
    func optimum() {
        let assignment = MinimumCostAssignment(costs: [[1, 2], [1, 9]], unassigned: [100, 100])
        #expect(assignment.columns == [1, 0])
    }

    @Test("A forbidden pair is never made; the cheaper row stays out")
    func forbidden() {
        let never = MinimumCostAssignment.forbidden
        #expect(MinimumCostAssignment(costs: [[never], [never]], unassigned: [5, 5]).columns == [nil, nil])
        #expect(MinimumCostAssignment(costs: [[1], [1]], unassigned: [5, 50]).columns == [nil, 0])
        #expect(MinimumCostAssignment(costs: [], unassigned: []).columns == [])
    }

    @Test("Agrees with trying every permutation", arguments: 0..<40)
    func exhaustive(_ seed: Int) {
        var random = SplitMix64(state: UInt64(seed))
        let rows = 1 + Int(random.next() % 4)
        let columns = 1 + Int(random.next() % 4)
        let costs = (0..<rows).map { _ in (0..<columns).map { _ in Int64(random.next() % 20) } }
        let prices = (0..<rows).map { _ in Int64(random.next() % 25) }
        let chosen = MinimumCostAssignment(costs: costs, unassigned: prices).columns
        let used = chosen.compactMap(\.self)
        #expect(Set(used).count == used.count)
        var total: Int64 = 0
        for (row, column) in chosen.enumerated() { total += column.map { costs[row][$0] } ?? prices[row] }
        #expect(total == best(costs, prices, 0, []))
    }

    private func best(_ costs: [[Int64]], _ prices: [Int64], _ row: Int, _ used: Set<Int>) -> Int64 {
        if row == costs.count { return 0 }
        var least = prices[row] + best(costs, prices, row + 1, used)
        for column in costs[row].indices where !used.contains(column) {
            least = min(least, costs[row][column] + best(costs, prices, row + 1, used.union([column])))
        }
        return least
    }
}
