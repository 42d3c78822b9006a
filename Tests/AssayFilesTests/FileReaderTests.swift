import AssayBytes
import AssayHost
import AssayModel
import AssayTestKit
import Glibc
import Testing

@testable import AssayFiles

@Suite struct FileReaderTests {
    private func read(
        _ tree: HostTree, _ path: String, md5: Bool = false, sha512: Bool = false, isCancelled: Bool = false
    ) throws -> FileReader.Content {
        guard let file = try tree.root().open(path) else { throw HostFailure(.ioError, path: path) }
        let reader = FileReader(
            computesSHA512: sha512, pacer: nil, progress: FileScanProgress(), isCancelled: { isCancelled })
        return try reader.read(
            file, size: file.status().size, place: FilePlace(path: Array(path.utf8)), computesMD5: md5)
    }

    @Test(
        "the digest is that of the whole content, whatever its length",
        arguments: [0, 1, 4095, 4096, 4097, ReadBuffer.size - 1, ReadBuffer.size, ReadBuffer.size + 1, 1_000_000])
    func hashesEveryLength(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let tree = try HostTree(["/lib/firmware/x": .bytes(bytes)])
        let content = try read(tree, "/lib/firmware/x")
        #expect(content.isComplete)
        #expect(content.digests?.sha256 == ContentDigest.sha256(of: bytes).bytes)
    }

    @Test("the published digests of a short text (RFC 6234, RFC 1321)") func knowsTheStandardsVectors() throws {
        let tree = try HostTree(["/lib/firmware/x": "abc"])
        let digests = try #require(try read(tree, "/lib/firmware/x", md5: true, sha512: true).digests)
        #expect(Hex.string(digests.sha256) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Hex.string(digests.sha512).hasPrefix("ddaf35a193617abacc417349ae204131"))
        #expect(Hex.string(digests.md5) == "900150983cd24fb0d6963f7d28e17f72")
    }

    @Test func whatIsNotReportedIsNotHashed() throws {
        let content = try read(HostTree(["/text": "text"]), "/text")
        #expect(content.verdict == .uninteresting)
        #expect(content.digests == nil)
    }

    @Test("ELF parts behind the first buffer are found as well") func readsFactsFarInTheFile() throws {
        // A relocatable file may keep its section headers anywhere: here behind half a megabyte of code.
        var bytes = ELFSample(type: 1, buildID: [1, 2, 3, 4]).bytes
        let headers = Array(bytes[64..<64 + 2 * 64])
        bytes += [UInt8](repeating: 0x90, count: 600_000)
        let offset = UInt64(bytes.count)
        bytes += headers
        bytes.replaceSubrange(40..<48, with: withUnsafeBytes(of: offset.littleEndian) { Array($0) })
        let content = try read(HostTree(["/x.o": .bytes(bytes)]), "/x.o")
        #expect(content.elf?.buildID == "01020304")
    }

    @Test func aCancelledReadingIsIncomplete() throws {
        let content = try read(HostTree(["/lib/firmware/x": "abc"]), "/lib/firmware/x", isCancelled: true)
        #expect(!content.isComplete)
    }

    @Test("a file that is nearly all holes is refused, not hashed for ever") func refusesHugeSparseFiles() throws {
        let tree = try ScanTree(["/huge": "#!/bin/sh\n", "/run": "#!/bin/sh\n"])
        // File systems with a lower limit cannot hold such a file in the first place.
        guard truncate(tree.path("/huge"), 1 << 42) == 0 else { return }
        let outcome = try tree.scan()
        #expect(outcome.entries.map(\.path) == ["/run"])
        #expect(outcome.result.gaps.map(\.kind) == [.tooLarge])
    }
}
