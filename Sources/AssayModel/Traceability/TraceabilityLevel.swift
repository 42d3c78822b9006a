/// How fine a record traces, after IPC-1782B.
public enum TraceabilityLevel: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Lot to work order.
    case basic
    /// Serial of the unit, and process steps.
    case standard
    /// Serial of the part to its parent at a reference designator.
    case advanced
    /// Parameters of each step too.
    case comprehensive

    /// Orders from coarse to fine.
    public static func < (left: TraceabilityLevel, right: TraceabilityLevel) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
