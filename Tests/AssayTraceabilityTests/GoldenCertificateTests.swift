import AssayBytes
import AssayModel
import AssayTestKit
import FoundationEssentials
import Testing

@testable import AssayTraceability

/// Certificates of Intel and Lenovo machines beside the decodes of google/go-attestation.
@Suite(.enabled(if: Corpus.isAvailable)) struct GoldenCertificateTests {
    /// The fields of a decode; names and letter case are the other project's.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    struct Golden: Decodable {
        struct Name: Decodable {
            struct Attribute: Decodable {
                let Kind: [Int]
                let Value: String
                enum CodingKeys: String, CodingKey {
                    case Kind = "Type"
                    case Value
                }
            }
            let Names: [Attribute]?
        }
        struct Holder: Decodable {
            let Issuer: Name
            let Serial: Decimal
        }
        struct Version: Decodable { let MajorVersion, MinorVersion, Revision: Int }
        struct Platform: Decodable { let Version: Version }
        struct CommonCriteria: Decodable {
            let Version: String
            let AssuranceLevel, EvaluationStatus, StrengthOfFunction: Int
            let Plus: Bool
            let ProfileOid: [Int]?
        }
        struct FIPS: Decodable {
            let Version: String
            let Level: Int
            let Plus: Bool
        }
        struct Assertions: Decodable {
            let Version, RtmType: Int
            let CcInfo: CommonCriteria
            let FipsLevel: FIPS
            let Iso9000Certified: Bool
            let Iso9000URI: String
        }
        struct Address: Decodable {
            let AddressType: [Int]
            let AddressValue: String
        }
        struct Component: Decodable {
            let Manufacturer, Model, Serial, Revision: String
            let ManufacturerID: Int
            let FieldReplaceable: Bool
            let Addresses: [Address]?
        }
        struct Property: Decodable {
            let PropertyName, PropertyValue: String
            let Status: Int
        }
        let RawTBSAttributeCertificate, Signature: String
        let SignatureAlgorithm: Int
        let Holder: Holder
        let Issuer: Name
        let NotBefore, NotAfter: String
        let TCGPlatformSpecification: Platform
        let TBBSecurityAssertions: Assertions
        let PlatformManufacturer, PlatformModel, PlatformVersion, PlatformSerial: String
        let Components: [Component]?
        let Properties: [Property]?
        let PropertiesURI: String
    }

    static let names = ["Intel_nuc1", "Intel_nuc_pc2", "Intel_pc2", "Intel_pc4", "lenovo", "plat_cert2"]

    static func pair(_ name: String) throws -> (PlatformCertificate, Golden, text: String) {
        let path = "platform-certs/go-attestation/\(name).cer"
        let text = try Corpus.text(path + ".json")
        let golden = try JSONDecoder().decode(Golden.self, from: Data(text.utf8))
        return (try PlatformCertificate(der: try Corpus.bytes(path)), golden, text)
    }

    static func identifier(_ arcs: [Int]) -> String { arcs.map { "\($0)" }.joined(separator: ".") }

    static func attributes(_ name: Golden.Name) -> [[String]] {
        (name.Names ?? []).map { [identifier($0.Kind), $0.Value] }
    }

    static func attributes(_ name: DistinguishedName?) -> [[String]] {
        (name?.attributes ?? []).map { [$0.type, $0.value] }
    }

    /// A hexadecimal number as the digits of a decimal one.
    static func decimal(_ hex: String) -> String {
        var digits: [Int] = [0]
        for character in hex {
            var carry = character.hexDigitValue ?? 0
            for index in digits.indices {
                let value = digits[index] * 16 + carry
                digits[index] = value % 10
                carry = value / 10
            }
            while carry > 0 {
                digits.append(carry % 10)
                carry /= 10
            }
        }
        return digits.reversed().map { "\($0)" }.joined()
    }

    @Test("names, numbers and times are the golden ones", arguments: names)
    func frame(name: String) throws {
        let (certificate, golden, text) = try Self.pair(name)
        #expect(Self.attributes(certificate.issuer) == Self.attributes(golden.Issuer))
        #expect(Self.attributes(certificate.holder?.issuer) == Self.attributes(golden.Holder.Issuer))
        #expect(text.contains("\"SerialNumber\": \(Self.decimal(certificate.serialNumber)),"))
        #expect(text.contains("\"Serial\": \(Self.decimal(try #require(certificate.holder?.serial)))"))
        #expect(certificate.validFrom == golden.NotBefore)
        #expect(certificate.validUntil == golden.NotAfter)
        #expect(Base64Text.encode(certificate.signed) == golden.RawTBSAttributeCertificate)
        #expect(Base64Text.encode(certificate.signature) == golden.Signature)
        let algorithms = [3: "sha1WithRSA", 4: "sha256WithRSA"]
        #expect(certificate.signatureAlgorithm.name == algorithms[golden.SignatureAlgorithm])
    }

    @Test("the platform and what is asserted of it are the golden ones", arguments: names)
    func platform(name: String) throws {
        let (certificate, golden, _) = try Self.pair(name)
        #expect(certificate.platform.manufacturer ?? "" == golden.PlatformManufacturer)
        #expect(certificate.platform.model ?? "" == golden.PlatformModel)
        #expect(certificate.platform.version ?? "" == golden.PlatformVersion)
        #expect(certificate.platform.serial ?? "" == golden.PlatformSerial)
        let version = golden.TCGPlatformSpecification.Version
        #expect(
            certificate.platformSpecification
                == .init(major: version.MajorVersion, minor: version.MinorVersion, revision: version.Revision))
        let assertions = try #require(certificate.securityAssertions)
        let expected = golden.TBBSecurityAssertions
        #expect(assertions.version == expected.Version)
        #expect(assertions.rtmType == expected.RtmType)
        #expect(assertions.isISO9000Certified == expected.Iso9000Certified)
        #expect(assertions.iso9000URI ?? "" == expected.Iso9000URI)
        #expect(assertions.fipsLevel?.version ?? "" == expected.FipsLevel.Version)
        #expect(assertions.fipsLevel?.level ?? 0 == expected.FipsLevel.Level)
        #expect(assertions.fipsLevel?.isPlus ?? false == expected.FipsLevel.Plus)
        let criteria = assertions.commonCriteria
        #expect(criteria?.version ?? "" == expected.CcInfo.Version)
        #expect(criteria?.assuranceLevel ?? 0 == expected.CcInfo.AssuranceLevel)
        #expect(criteria?.evaluationStatus ?? 0 == expected.CcInfo.EvaluationStatus)
        #expect(criteria?.strengthOfFunction ?? 0 == expected.CcInfo.StrengthOfFunction)
        #expect(criteria?.isPlus ?? false == expected.CcInfo.Plus)
        #expect(criteria?.profileIdentifier == expected.CcInfo.ProfileOid.map(Self.identifier))
    }

    @Test("components and properties are the golden ones", arguments: names)
    func parts(name: String) throws {
        let (certificate, golden, _) = try Self.pair(name)
        let expected = golden.Components ?? []
        try #require(certificate.components.count == expected.count)
        for (component, golden) in zip(certificate.components, expected) {
            #expect(component.manufacturer ?? "" == golden.Manufacturer)
            #expect(component.model ?? "" == golden.Model)
            #expect(component.serial ?? "" == golden.Serial)
            #expect(component.revision ?? "" == golden.Revision)
            #expect(component.fieldReplaceable ?? false == golden.FieldReplaceable)
            #expect(component.addresses.map(\.value) == (golden.Addresses ?? []).map(\.AddressValue))
            #expect(
                component.addresses.map(\.type) == (golden.Addresses ?? []).map { Self.identifier($0.AddressType) })
            // The golden number is the digits' octets read as one integer.
            let digits = component.manufacturerID.map { $0.dropFirst("1.3.6.1.4.1.".count).utf8 }
            #expect((digits?.reduce(0) { $0 << 8 | Int($1) } ?? 0) == golden.ManufacturerID)
        }
        #expect(certificate.properties.map(\.name) == (golden.Properties ?? []).map(\.PropertyName))
        #expect(certificate.properties.map(\.value) == (golden.Properties ?? []).map(\.PropertyValue))
        #expect(certificate.propertiesURI?.uri ?? "" == golden.PropertiesURI)
    }

    @Test func whatTheGoldenDecodesLeaveOutIsRead() throws {
        let (certificate, _, _) = try Self.pair("plat_cert2")
        let criteria = certificate.securityAssertions?.commonCriteria
        #expect(criteria?.profileURI?.uri == "https://www.intel.com/protectionprofile.pdf")
        #expect(criteria?.targetIdentifier == "1.2.3.4.5.7")
        #expect(criteria?.targetURI?.uri == "https://www.intel.com/cctarget.pdf")
        #expect(certificate.platform.manufacturerID == "1.3.6.1.4.1.343")
        #expect(certificate.configurationURI?.uri == "https://www.intel.com/PCRs.xml")
    }

    @Test(
        "an encoding from before the profile was final is tolerated, and told",
        arguments: [
            (
                "Intel_nuc1",
                "components carry a class without a registry, an encoding from before the profile was final"
            ),
            ("Intel_pc4", "the platform is named by attributes from before the profile was final"),
            ("Intel_pc4", "signed with sha1WithRSA, whose hash is known to be broken"),
        ])
    func notes(name: String, note: String) throws {
        #expect(try Self.pair(name).0.notes.contains(note))
    }

    @Test func intelSignedItsTestCertificates() throws {
        let anchors = try TrustAnchors(
            try Corpus.bytes("platform-certs/go-attestation/IntelSigningKey_20April2017.cer"))
        #expect(try anchors.verify(try Self.pair("Intel_pc2").0).algorithm == "sha1WithRSA")
    }
}
