internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// Asks a TPM 2.0 who made it and which endorsement keys it has, with commands that only read.
struct TPMConversation {
    /// Indices of certificates (TCG EK Credential Profile 2.5, 2.2.1.4 and 2.2.1.5): those of the low range first, as
    /// they are what makers have always filled.
    static let certificateIndices: [UInt32] = [
        0x01c0_0002, 0x01c0_000a, 0x01c0_0012, 0x01c0_0014, 0x01c0_0016, 0x01c0_0018, 0x01c0_001a, 0x01c0_001c,
        0x01c0_001e,
    ]
    /// Persistent handles of endorsement keys (TCG Registry of Reserved TPM 2.0 Handles, 2.3.1).
    static let keyHandles: ClosedRange<UInt32> = 0x8101_0000...0x8101_ffff
    private static let keyLimit = 16
    private static let certificateLimit = 8192
    /// Octets of an index that every module returns at once (PC Client Platform TPM Profile 1.05, 5.5.1).
    private static let indexBuffer: UInt32 = 512

    /// A key with the places that show it.
    struct Key: Sendable, Hashable {
        let key: EndorsementKey
        /// Indices and handles, `01c00002`.
        var places: [String]
        /// Digest of the certificate, where one speaks of the key.
        var certificate: ContentDigest?
    }

    private let transport: any TPMTransport
    private let probe: String
    private let path: String

    /// Maker and firmware.
    private(set) var identity: TPMIdentity?
    /// The keys, those with a certificate first.
    private(set) var keys: [Key] = []
    /// What the module did not tell.
    private(set) var gaps: [Gap] = []

    /// Asks everything; `path` is the node that stands in gaps.
    init(over transport: any TPMTransport, probe: String, path: String) {
        self.transport = transport
        self.probe = probe
        self.path = path
        guard let properties = properties() else { return }
        identity = TPMIdentity(properties)
        readCertificates()
        readKeys()
    }

    /// Adds what was learned to `tpm`.
    func fill(_ tpm: inout Component) {
        identity?.fill(&tpm)
        guard let first = keys.first else { return }
        tpm.digests["endorsementKey"] = first.key.digest
        tpm.digests["endorsementCertificate"] = first.certificate
        tpm.properties["endorsementKeyPlaces"] = first.places.joined(separator: " ")
        for other in keys.dropFirst() {
            if let place = other.places.first { tpm.digests["endorsementKey.\(place)"] = other.key.digest }
        }
    }
}

extension TPMConversation {
    private mutating func properties() -> [UInt32: UInt32]? {
        var found: [UInt32: UInt32] = [:]
        var next = TPMIdentity.firstProperty
        // A module may answer with fewer than it was asked for; every answer brings at least one.
        for _ in 0..<TPMIdentity.propertyCount {
            let command = TPMCommand.getCapability(.properties, property: next, count: TPMIdentity.propertyCount)
            guard let data = ask(command, TPMCapabilityData.init(parsing:)) else { return found.isEmpty ? nil : found }
            found.merge(data.properties) { first, _ in first }
            guard data.hasMore, let last = data.properties.keys.max(), last >= next, last < UInt32.max else { break }
            next = last + 1
            if next >= TPMIdentity.firstProperty + TPMIdentity.propertyCount { break }
        }
        return found
    }

    /// Handles of one kind from `first` on, in rising order, at most `limit`.
    private mutating func handles(in range: ClosedRange<UInt32>, limit: Int) -> [UInt32] {
        var found: [UInt32] = []
        var next = range.lowerBound
        while found.count < limit {
            let command = TPMCommand.getCapability(.handles, property: next, count: UInt32(limit))
            guard let data = ask(command, TPMCapabilityData.init(parsing:)) else { break }
            let fresh = data.handles.filter { $0 >= next && range.contains($0) }
            found += fresh
            guard data.hasMore, fresh.count == data.handles.count, let last = fresh.max(), last < range.upperBound
            else { break }
            next = last + 1
        }
        return Array(found.prefix(limit))
    }

    private mutating func readCertificates() {
        guard let first = Self.certificateIndices.first, let last = Self.certificateIndices.last else { return }
        let present = Set(handles(in: first...last, limit: 64))
        for index in Self.certificateIndices where present.contains(index) {
            guard let bytes = content(of: index) else { continue }
            do {
                let certificate = try EndorsementCertificate(parsing: bytes.span.bytes)
                enter(certificate.key, at: index, certificate.digest)
            } catch { note(.malformed, "index \(Hex.string(index)): \(error)") }
        }
    }

    private mutating func readKeys() {
        for handle in handles(in: Self.keyHandles, limit: Self.keyLimit) {
            guard let area = ask(.readPublic(handle), TPMPublicArea.init(parsing:)), area.isEndorsementKey else {
                continue
            }
            enter(area.key, at: handle, nil)
        }
    }

    private mutating func enter(_ key: EndorsementKey, at place: UInt32, _ certificate: ContentDigest?) {
        if let position = keys.firstIndex(where: { $0.key == key }) {
            keys[position].places.append(Hex.string(place))
        } else {
            keys.append(Key(key: key, places: [Hex.string(place)], certificate: certificate))
        }
    }

    /// The octets of an index that may be read without a trace.
    private mutating func content(of index: UInt32) -> [UInt8]? {
        guard let area = ask(.readIndexPublic(index), TPMIndexPublicArea.init(parsing:)) else { return nil }
        guard area.isFreeToRead else {
            note(.denied, "index \(Hex.string(index)) cannot be read without a password")
            return nil
        }
        guard area.size <= Self.certificateLimit else {
            note(.tooLarge, "index \(Hex.string(index)) holds \(area.size) octets")
            return nil
        }
        let step = Int(min(identity?.indexBuffer ?? Self.indexBuffer, 1024).clamped(from: 64))
        var bytes: [UInt8] = []
        while bytes.count < area.size {
            let count = min(step, area.size - bytes.count)
            let command = TPMCommand.readIndex(
                index, count: UInt16(clamping: count), offset: UInt16(clamping: bytes.count))
            guard let part = ask(command, Self.buffer), part.count == count else { return nil }
            bytes += part
        }
        return bytes
    }

    private static func buffer(_ bytes: RawSpan) throws(ParseFailure) -> [UInt8] {
        var reader = ByteReader(bytes)
        return try reader.sizedBuffer("data")
    }

    /// Sends a command and reads its answer; what fails becomes a gap.
    private mutating func ask<Answer>(
        _ command: TPMCommand, _ parse: (RawSpan) throws(ParseFailure) -> Answer
    ) -> Answer? {
        do {
            let bytes = try transport.transmit(command.bytes)
            let response = try TPMResponse(parsing: bytes.span.bytes)
            guard response.code == 0 else {
                note(Self.kind(of: response.code), "\(command.name) answers 0x" + String(response.code, radix: 16))
                return nil
            }
            return try parse(response.parameters.span.bytes)
        } catch let failure as HostFailure {
            gaps.append(failure.gap(probe: probe))
        } catch { note(.malformed, "\(command.name): \(error)") }
        return nil
    }

    /// `TPM_RC` (part 2, 6.6): what needs an authorization, and what the module does not know.
    private static func kind(of code: UInt32) -> Gap.Kind {
        switch code {
        case 0x12f, 0x148, 0x149, 0x98e, 0x9a2: .denied
        case 0x143: .unsupported
        default: .ioError
        }
    }

    private mutating func note(_ kind: Gap.Kind, _ detail: String) {
        gaps.append(Gap(probe: probe, path: path, kind: kind, detail: detail))
    }
}

extension UInt32 {
    fileprivate func clamped(from least: UInt32) -> UInt32 { Swift.max(self, least) }
}
