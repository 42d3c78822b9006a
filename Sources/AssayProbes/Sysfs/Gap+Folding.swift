package import AssayHost
package import AssayModel

extension Gap {
    /// Adds to a denied read what would open it; on a recorded tree no privilege of the reader would.
    package mutating func addAdvice(_ advice: String, for root: HostRoot) {
        if kind == .denied, root.isLive { detail += "; " + advice }
    }
}

extension SysfsReader {
    /// Folds the gaps since `start` whose kind is one of `kinds` into the first of each kind.
    ///
    /// A device that refuses one attribute mostly refuses them all, and one gap says so.
    mutating func foldGaps(since start: Int, _ kinds: Set<Gap.Kind> = [.denied, .ioError]) {
        guard start < output.gaps.count else { return }
        var kept: [Gap] = []
        var more: [Gap.Kind: Int] = [:]
        for gap in output.gaps[start...] {
            let isFurther = kinds.contains(gap.kind) && kept.contains { $0.kind == gap.kind }
            if isFurther { more[gap.kind, default: 0] += 1 } else { kept.append(gap) }
        }
        for index in kept.indices {
            guard let count = more.removeValue(forKey: kept[index].kind) else { continue }
            kept[index].detail += "; so with \(count) more attributes"
        }
        output.gaps.replaceSubrange(start..., with: kept)
    }
}
