import Foundation
import Testing

@testable import AssayAgent

@Suite struct StateFileTests {
    private let folder: StateFolder

    init() throws { folder = try StateFolder() }

    private func path(_ name: String) -> String { folder.path + "/" + name }

    @Test("what is appended is read, by offset and count") func appends() throws {
        let file = try StateFile(creating: path("f"))
        try file.append(Array("abc".utf8))
        try file.append([])
        try file.append(Array("defg".utf8))
        try file.synchronize()
        let reader = try #require(try StateFile(reading: path("f")))
        #expect(try reader.read(count: 100, at: 0) == Array("abcdefg".utf8))
        #expect(try reader.read(count: 3, at: 2) == Array("cde".utf8))
        #expect(try reader.read(count: 5, at: 5) == Array("fg".utf8))
        #expect(try reader.read(count: 5, at: 7).isEmpty)
        #expect(try reader.read(count: 0, at: 0).isEmpty && reader.read(count: -1, at: 0).isEmpty)
        #expect(try folder.mode("f") == 0o600)
    }

    @Test("an older file is replaced, never written through: neither its bytes nor its permissions stay")
    func replaces() throws {
        try Data("secret of another".utf8).write(to: URL(filePath: path("other")))
        try FileManager.default.createSymbolicLink(atPath: path("f"), withDestinationPath: path("other"))
        try StateFile(creating: path("f")).append([1])
        #expect(try Data(contentsOf: URL(filePath: path("other"))) == Data("secret of another".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path("f"))
        try StateFile(creating: path("f")).append([2])
        #expect(try [UInt8](Data(contentsOf: URL(filePath: path("f")))) == [2])
        #expect(try folder.mode("f") == 0o600)
    }

    @Test("absence is nil, everything else a failure") func failures() throws {
        #expect(try StateFile(reading: path("none")) == nil)
        #expect(throws: StateFailure(.ioError)) { try StateFile(creating: path("none/f")) }
        let tooLong = String(repeating: "x", count: 300)
        #expect(throws: StateFailure(.ioError)) { try StateFile(reading: path(tooLong)) }
        try FileManager.default.createDirectory(atPath: path("d"), withIntermediateDirectories: false)
        let directory = try #require(try StateFile(reading: path("d")))
        let failure = #expect(throws: StateFailure(.ioError)) { try directory.read(count: 1, at: 0) }
        #expect(failure?.path == path("d"))
        let reader = try #require(
            try { () throws -> StateFile? in
                try StateFile(creating: path("r")).append([1])
                return try StateFile(reading: path("r"))
            }())
        #expect(throws: StateFailure(.ioError)) { try reader.append([2]) }
    }

    @Test("a full disk and a refusal are told apart") func numbers() {
        #expect(StateFailure(errorNumber: ENOSPC, path: "/x") == StateFailure(.diskFull))
        #expect(StateFailure(errorNumber: EROFS, path: "/x") == StateFailure(.denied))
        #expect(StateFailure(errorNumber: EIO, path: "/x") == StateFailure(.ioError))
    }
}
