package import AssayModel
internal import SwiftASN1

/// What the agent has to know of a certificate (RFC 5280, 4.1); the TLS library does the verifying.
package struct CertificateFacts: Sendable, Hashable {
    /// The certificate in DER.
    package let der: [UInt8]
    /// DER SubjectPublicKeyInfo.
    package let publicKey: [UInt8]
    /// First second of validity, since 1970.
    package let notBefore: Int64
    /// Last second of validity, since 1970.
    package let notAfter: Int64

    /// Reads a certificate in DER.
    package init(der: [UInt8]) throws(DeliveryFailure) {
        do {
            let parsed = try Self.parse(der)
            self.der = der
            publicKey = parsed.publicKey
            notBefore = parsed.notBefore
            notAfter = parsed.notAfter
        } catch {
            throw DeliveryFailure(.malformedAnswer, "not a certificate: \(error)")
        }
    }

    /// Reads the first certificate of a PEM text.
    package init(pem: String) throws(DeliveryFailure) {
        guard let document = try? PEMDocument(pemString: pem), document.discriminator == "CERTIFICATE" else {
            throw DeliveryFailure(.malformedAnswer, "not a certificate in PEM")
        }
        try self.init(der: document.derBytes)
    }

    /// SHA-256 of the DER.
    package var fingerprint: ContentDigest { .sha256(of: der) }
    /// The certificate in PEM.
    package var pem: String { PEMDocument(type: "CERTIFICATE", derBytes: der).pemString + "\n" }

    /// Whether less than a third of the validity is left, or none.
    package func isDueForRenewal(at now: Int64) -> Bool {
        let (validity, overflow) = notAfter.subtractingReportingOverflow(notBefore)
        return overflow || notAfter - validity / 3 <= now
    }

    private static func parse(
        _ der: [UInt8]
    ) throws -> (publicKey: [UInt8], notBefore: Int64, notAfter: Int64) {
        try DER.sequence(try DER.parse(der), identifier: .sequence) { certificate in
            let body = try next(&certificate)
            let facts = try DER.sequence(body, identifier: .sequence) { fields in
                var field = try next(&fields)
                if field.identifier.tagClass == .contextSpecific { field = try next(&fields) }  // version, then serial
                _ = try next(&fields)  // signature algorithm
                _ = try next(&fields)  // issuer
                let validity = try DER.sequence(try next(&fields), identifier: .sequence) { times in
                    (try seconds(try next(&times)), try seconds(try next(&times)))
                }
                _ = try next(&fields)  // subject
                let key = try next(&fields)
                while fields.next() != nil {}
                return (publicKey: Array(key.encodedBytes), notBefore: validity.0, notAfter: validity.1)
            }
            while certificate.next() != nil {}
            return facts
        }
    }

    private static func next(_ nodes: inout ASN1NodeCollection.Iterator) throws -> ASN1Node {
        guard let node = nodes.next() else { throw DeliveryFailure(.malformedAnswer, "a field is missing") }
        return node
    }

    private static func seconds(_ node: ASN1Node) throws -> Int64 {
        let moment: Timestamp?
        if node.identifier == .utcTime {
            let time = try UTCTime(derEncoded: node)
            moment = Timestamp(
                year: time.year, month: time.month, day: time.day, hour: time.hours, minute: time.minutes,
                second: time.seconds)
        } else {
            let time = try GeneralizedTime(derEncoded: node)
            moment = Timestamp(
                year: time.year, month: time.month, day: time.day, hour: time.hours, minute: time.minutes,
                second: time.seconds)
        }
        guard let moment else { throw DeliveryFailure(.malformedAnswer, "validity") }
        return moment.seconds
    }
}
