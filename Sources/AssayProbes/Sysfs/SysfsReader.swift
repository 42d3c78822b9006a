internal import AssayBytes
package import AssayHost
package import AssayModel

/// Reads attributes below a root for one probe, and collects what it finds and what it could not read.
///
/// An attribute that is not there, or that the driver does not offer for this device, is nil without a gap; every other
/// failure is nil with a gap that names the path.
package struct SysfsReader {
    /// Most devices of one kind that a probe looks at.
    package static let deviceLimit = 4096

    private let limit: Int
    /// The tree that is read.
    package let root: HostRoot
    /// Id of the probe, for evidence and gaps.
    package let probe: String
    /// What was found so far.
    package var output = ProbeOutput()

    /// A reader for one run of `probe`.
    ///
    /// `limit` is the most devices of one kind that it looks at.
    package init(_ root: HostRoot, probe: String, limit: Int = deviceLimit) {
        self.limit = limit
        self.root = root
        self.probe = probe
    }

    /// Content of an attribute; nil when it is absent, not offered or unreadable.
    package mutating func bytes(_ path: String, limit: Int = 1 << 16) -> [UInt8]? {
        attempt { root throws(HostFailure) in try root.read(path, limit: limit) }
    }

    /// Bytes of a text attribute without the line feed that the kernel added; nil when there are none.
    package mutating func textBytes(_ path: String, limit: Int = 1 << 16) -> [UInt8]? {
        guard var bytes = bytes(path, limit: limit) else { return nil }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return bytes.isEmpty ? nil : bytes
    }

    /// Text of an attribute as the kernel printed it, without the line feed that the kernel added; nil when empty.
    package mutating func text(_ path: String, limit: Int = 1 << 16) -> String? {
        guard let bytes = textBytes(path, limit: limit) else { return nil }
        let text = DeviceText.decode(bytes)
        return text.isEmpty ? nil : text
    }

    /// Text of an attribute that only the kernel's own words can fill, blanks trimmed; nil when nothing is left.
    package mutating func word(_ path: String) -> String? { text(path).flatMap(DeviceText.normalize) }

    /// Decimal or `0x` hexadecimal number in an attribute.
    package mutating func number(_ path: String) -> UInt64? { word(path).flatMap(Self.number(in:)) }

    /// Names in a directory, in byte order; empty when it is not there.
    package mutating func names(_ path: String) -> [String] {
        attempt { root throws(HostFailure) in try root.list(path) }?.map(\.name) ?? []
    }

    /// Names in a directory that are devices of one kind, at most as many as the limit; more leave a gap.
    package mutating func devices(_ path: String, where isDevice: (String) -> Bool = { _ in true }) -> [String] {
        let found = names(path).filter(isDevice).sorted(by: Self.inNaturalOrder)
        if found.count > limit { note(path, .tooLarge, "\(found.count) devices, \(limit) are looked at") }
        return Array(found.prefix(limit))
    }

    /// Last component of a symbolic link's target.
    package mutating func linkName(_ path: String) -> String? {
        attempt { root throws(HostFailure) in try root.linkName(path) }
    }

    /// Where `path` leads once every symbolic link is resolved.
    package mutating func canonicalPath(_ path: String) -> String? {
        attempt { root throws(HostFailure) in try root.canonicalPath(path) }
    }

    /// Whether something is there.
    package func exists(_ path: String) -> Bool { root.exists(path) }

    /// Records a gap of this probe.
    package mutating func note(_ path: String, _ kind: Gap.Kind, _ detail: String) {
        output.gaps.append(Gap(probe: probe, path: path, kind: kind, detail: detail))
    }

    /// Runs a parser over an attribute; bytes that are not what they claim to be are a gap.
    mutating func parse<T>(
        _ path: String, limit: Int = 1 << 16, _ parser: (RawSpan) throws(ParseFailure) -> T
    ) -> T? {
        guard let bytes = bytes(path, limit: limit), !bytes.isEmpty else { return nil }
        do {
            return try parser(bytes.span.bytes)
        } catch {
            note(path, .malformed, "\(error)")
            return nil
        }
    }

    /// Evidence that `path` was read.
    package func evidence(_ path: String, _ access: Evidence.Access = .direct) -> Evidence {
        Evidence(probe: probe, path: path, access: access)
    }

    /// Decimal or `0x` hexadecimal number.
    package static func number(in text: some StringProtocol) -> UInt64? {
        text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
    }

    /// Orders `nvme2` before `nvme10`: runs of digits compare as numbers.
    package static func inNaturalOrder(_ left: String, _ right: String) -> Bool {
        let (leftKey, rightKey) = (naturalKey(left), naturalKey(right))
        return leftKey == rightKey ? left < right : leftKey.lexicographicallyPrecedes(rightKey, by: <)
    }

    private static func naturalKey(_ text: String) -> [NaturalPart] {
        var parts: [NaturalPart] = []
        for byte in text.utf8 {
            guard (0x30...0x39).contains(byte) else {
                parts.append(NaturalPart(byte: byte, digits: []))
                continue
            }
            if parts.last?.digits.isEmpty ?? true { parts.append(NaturalPart(byte: 0x30, digits: [])) }
            parts[parts.count - 1].digits.append(byte)
        }
        return parts
    }

    private mutating func attempt<T>(_ read: (HostRoot) throws(HostFailure) -> T?) -> T? {
        do { return try read(root) } catch {
            guard error.code != .unsupported else { return nil }
            var gap = error.gap(probe: probe)
            gap.addAdvice("CAP_DAC_READ_SEARCH opens it", for: root)
            output.gaps.append(gap)
            return nil
        }
    }
}

/// A byte of a name, or a run of digits in it.
private struct NaturalPart: Comparable {
    var byte: UInt8
    var digits: [UInt8]

    static func < (left: NaturalPart, right: NaturalPart) -> Bool {
        if left.byte != right.byte || left.digits.isEmpty || right.digits.isEmpty { return left.byte < right.byte }
        let (first, second) = (left.digits.drop { $0 == 0x30 }, right.digits.drop { $0 == 0x30 })
        return first.count == second.count ? first.lexicographicallyPrecedes(second) : first.count < second.count
    }
}
