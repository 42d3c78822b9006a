internal import AssayBytes

/// What an ELF file says of itself: its kind, build-id, program loader and needed libraries.
///
/// Only headers, notes, the dynamic section and the names it points at are read, however large the file is.
struct ELFFacts: Sendable, Equatable {
    /// Serves `count` bytes at `offset` of the file, all of them or ``ParseFailure/Code/truncated``.
    typealias Source = (_ offset: UInt64, _ count: Int) throws(ParseFailure) -> [UInt8]

    /// Limits that no file made by a linker reaches.
    enum Limit {
        static let programHeaders = 512
        static let sectionHeaders = 16_384
        static let notes = 64
        static let noteSize: UInt64 = 1 << 16
        static let dynamicSize: UInt64 = 1 << 18
        static let needed = 1024
        static let name = 4096
        static let neededText = 1 << 16
    }

    /// `e_type`.
    private(set) var type: ELFHeader.ObjectType
    /// Whether it is a program: `ET_EXEC`, or `ET_DYN` with the flag `DF_1_PIE`, or with a program loader and no name
    /// to be linked by (the C library has both and is a library).
    private(set) var isProgram = false
    /// GNU build-id, lower-case hexadecimal.
    private(set) var buildID: String?
    /// `DT_NEEDED`, in order.
    private(set) var needed: [String] = []
    /// `PT_INTERP`.
    private(set) var interpreter: String?
    /// Why the facts end early, when they do.
    private(set) var failure: ParseFailure?

    /// Reads the facts of the file that `source` serves.
    ///
    /// Throws only when the header itself cannot be read; what is wrong behind it is kept in ``failure``.
    init(source: Source) throws(ParseFailure) {
        let header = try Self.header(source)
        type = header.type
        isProgram = type == .executable
        do {
            switch type {
            case .executable, .shared: try readSegments(header, source)
            case .relocatable: try readSections(header, source)
            case .core, .other: break
            }
        } catch {
            failure = error
        }
    }

    /// Reads the facts of a whole file in memory.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        let copy = bytes.withUnsafeBytes { [UInt8]($0) }
        try self.init { (offset: UInt64, count: Int) throws(ParseFailure) in
            guard count >= 0, offset <= UInt64(copy.count), count <= copy.count - Int(offset) else {
                throw ParseFailure(.truncated, "ELF file", at: copy.count)
            }
            return Array(copy[Int(offset)..<Int(offset) + count])
        }
    }

    private static func header(_ source: Source) throws(ParseFailure) -> ELFHeader {
        // A 32-bit file may end before the length of a 64-bit header.
        let whole = try? source(0, ELFHeader.size)
        let start = if let whole { whole } else { try source(0, 52) }
        return try ELFHeader(parsing: start.span.bytes)
    }

    private mutating func readSegments(_ header: ELFHeader, _ source: Source) throws(ParseFailure) {
        let table = header.programHeaders
        guard table.count > 0 else { return }
        guard table.count <= Limit.programHeaders else { throw ParseFailure(.tooLarge, "program headers", at: 0) }
        guard table.entrySize == (header.is64Bit ? 56 : 32) else {
            throw ParseFailure(.badLength, "program header", at: 0)
        }
        let bytes = try source(table.offset, table.count * table.entrySize)
        var reader = ByteReader(bytes.span.bytes)
        var segments: [ELFSegment] = []
        for _ in 0..<table.count { segments.append(try ELFSegment(&reader, layout: header.layout)) }

        // Files with debug symbols keep the headers of segments whose bytes were stripped: size 0.
        segments.removeAll { $0.size == 0 }

        if let segment = segments.first(where: { $0.type == ELFSegment.interpreter }) {
            isProgram = true
            attempt { (facts) throws(ParseFailure) in
                facts.interpreter = try Self.text(at: segment.offset, limit: segment.size, source)
            }
        }
        for segment in segments.filter({ $0.type == ELFSegment.note }).prefix(Limit.notes) where buildID == nil {
            attempt { (facts) throws(ParseFailure) in
                try facts.readNotes(at: segment.offset, size: segment.size, segment.alignment, header, source)
            }
        }
        if let segment = segments.first(where: { $0.type == ELFSegment.dynamic }) {
            let loads = segments.filter { $0.type == ELFSegment.load }
            attempt { (facts) throws(ParseFailure) in
                try facts.readDynamic(segment, loads: loads, header.layout, source)
            }
        }
    }

    /// Reads one part; the others are read even when it is broken.
    private mutating func attempt(_ read: (inout ELFFacts) throws(ParseFailure) -> Void) {
        do throws(ParseFailure) { try read(&self) } catch { failure = failure ?? error }
    }

    private mutating func readSections(_ header: ELFHeader, _ source: Source) throws(ParseFailure) {
        let table = header.sectionHeaders
        guard table.count > 0 else { return }
        guard table.count <= Limit.sectionHeaders else { throw ParseFailure(.tooLarge, "section headers", at: 0) }
        guard table.entrySize == (header.is64Bit ? 64 : 40) else {
            throw ParseFailure(.badLength, "section header", at: 0)
        }
        let bytes = try source(table.offset, table.count * table.entrySize)
        var reader = ByteReader(bytes.span.bytes)
        var notes = 0
        for _ in 0..<table.count where buildID == nil && notes < Limit.notes {
            let section = try ELFSection(&reader, layout: header.layout)
            guard section.type == ELFSection.note else { continue }
            notes += 1
            try readNotes(at: section.offset, size: section.size, section.alignment, header, source)
        }
    }

    private mutating func readNotes(
        at offset: UInt64, size: UInt64, _ alignment: UInt64, _ header: ELFHeader, _ source: Source
    ) throws(ParseFailure) {
        // Large notes are those of core files and of build attributes; a build-id stands in a small one.
        guard size > 0, size <= Limit.noteSize else { return }
        let bytes = try source(offset, Int(size))
        let found = try ELFNotes.gnuBuildID(
            in: bytes.span.bytes, isBigEndian: header.isBigEndian, alignment: alignment == 8 ? 8 : 4)
        buildID = found.map { Hex.string($0) }
    }

    private mutating func readDynamic(
        _ segment: ELFSegment, loads: [ELFSegment], _ layout: ELFLayout, _ source: Source
    ) throws(ParseFailure) {
        guard segment.size <= Limit.dynamicSize else { throw ParseFailure(.tooLarge, "dynamic section", at: 0) }
        let bytes = try source(segment.offset, Int(segment.size))
        let section = try ELFDynamicSection(parsing: bytes.span.bytes, layout: layout)
        isProgram = isProgram && !section.hasLinkName || type == .executable || section.isPositionIndependentProgram
        guard !section.needed.isEmpty else { return }
        guard section.needed.count <= Limit.needed else { throw ParseFailure(.tooLarge, "needed libraries", at: 0) }
        guard let address = section.stringTable, let size = section.stringTableSize,
            let load = loads.first(where: { $0.address <= address && address - $0.address < $0.size })
        else { throw ParseFailure(.badValue, "dynamic string table", at: 0) }
        let (table, overflow) = load.offset.addingReportingOverflow(address - load.address)
        guard !overflow else { throw ParseFailure(.badValue, "dynamic string table", at: 0) }
        var count = 0
        for name in section.needed {
            let (start, overflow) = table.addingReportingOverflow(name)
            guard !overflow, name < size else { throw ParseFailure(.badValue, "name of a needed library", at: 0) }
            let text = try Self.text(at: start, limit: size - name, source)
            count += text.utf8.count
            guard count <= Limit.neededText else { throw ParseFailure(.tooLarge, "names of needed libraries", at: 0) }
            needed.append(text)
        }
    }

    /// The NUL-terminated text at `offset`, of at most `limit` bytes.
    private static func text(at offset: UInt64, limit: UInt64, _ source: Source) throws(ParseFailure) -> String {
        var count = Int(min(limit, 64))
        while true {
            let bytes = try source(offset, count)
            if let end = bytes.firstIndex(of: 0) { return DeviceText.decode(bytes[..<end]) }
            guard UInt64(count) < limit, count < Limit.name else {
                throw ParseFailure(.badLength, "unterminated name", at: count)
            }
            count = Int(min(limit, UInt64(count) * 8))
        }
    }
}
