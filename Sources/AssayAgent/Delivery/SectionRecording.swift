internal import AssayModel
package import AssayReport

/// A section on its way into the store: lines go to the disk and to the hashes as they come.
package final class SectionRecording {
    private static let bufferSize = 64 << 10

    private let directory: String
    private let files: any StateFiles
    private let stem: String
    private let content: StateFile
    private let map: StateFile
    private var contentBuffer: [UInt8] = []
    private var mapBuffer: [UInt8] = []
    private var writer: SectionWriter

    init(_ name: SectionName, directory: String, files: any StateFiles) throws {
        self.directory = directory
        self.files = files
        stem = "\(directory)/new.\(name.rawValue)"
        content = try StateFile(creating: stem + ".jsonl")
        map = try StateFile(creating: stem + ".map")
        writer = SectionWriter(name)
    }

    /// Appends one fact; lines must come sorted by the section's key.
    package func append(_ value: some Encodable, key: String) throws {
        try append(line: try CanonicalJSON.encode(value), key: Array(key.utf8))
    }

    /// Appends the canonical JSON of one fact, given without its line feed.
    package func append(line: [UInt8], key: some Sequence<UInt8>) throws {
        let taken = try writer.append(line: line, key: key)
        contentBuffer += taken.bytes
        // A line is at most 1 MiB long, so its length takes three bytes.
        let entry = UInt32(taken.bucket) << 24 | UInt32(taken.bytes.count)
        withUnsafeBytes(of: entry.littleEndian) { mapBuffer += $0 }
        if contentBuffer.count >= Self.bufferSize { try flush() }
    }

    /// Ends the section; when this returns its content survives a power cut, unless the collector has it anyway.
    package func finish() throws -> WrittenSection {
        let section = try writer.finish()
        let target = "\(directory)/\(section.descriptor.digest.hex)"
        guard try files.size(target + ".known") == nil else {
            try files.remove(stem + ".jsonl")
            try files.remove(stem + ".map")
            return section
        }
        try flush()
        if let index = section.index {
            try files.write(index, to: target + ".index")
            try map.synchronize()
            try files.rename(stem + ".map", to: target + ".map")
        } else {
            try files.remove(stem + ".map")
        }
        try content.synchronize()
        try files.rename(stem + ".jsonl", to: target + ".jsonl")
        try files.synchronize(directory: directory)
        return section
    }

    private func flush() throws {
        try content.append(contentBuffer)
        try map.append(mapBuffer)
        contentBuffer.removeAll(keepingCapacity: true)
        mapBuffer.removeAll(keepingCapacity: true)
    }
}
