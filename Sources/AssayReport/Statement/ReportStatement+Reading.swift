internal import AssayModel

extension ReportStatement {
    /// The fields that say what the rest is.
    struct Head {
        var type: String?
        var predicateType: String?
        var schema: String?

        init() {}

        /// Reads these fields alone.
        init(_ payload: [UInt8]) throws(ReportFailure) {
            var head = Head()
            var reader = JSONReader(payload)
            try reader.object { name, reader throws(ReportFailure) in
                switch name {
                case "_type": head.type = try reader.string()
                case "predicateType": head.predicateType = try reader.string()
                case "predicate":
                    try reader.object { name, reader throws(ReportFailure) in
                        if name == "schema" { head.schema = try reader.string() }
                    }
                default: break
                }
            }
            try reader.end()
            self = head
        }

        /// Throws unless the statement is one that this program reads.
        func check(
            is predicate: String = ReportStatement.predicateType, in form: String = ReportStatement.schema
        ) throws(ReportFailure) {
            guard type == ReportStatement.type else { throw ReportFailure(.wrongStatementType) }
            guard predicateType == predicate else { throw ReportFailure(.wrongPredicateType) }
            guard schema == form else { throw ReportFailure(.unsupportedSchema) }
        }
    }

    /// Reads a statement; whether it agrees with itself is not looked at.
    package init(reading payload: [UInt8]) throws(ReportFailure) {
        var head = Head()
        var subject: [Subject]?
        var predicate: Predicate?
        var reader = JSONReader(payload)
        try reader.object { name, reader throws(ReportFailure) in
            switch name {
            case "_type": head.type = try reader.string()
            case "predicateType": head.predicateType = try reader.string()
            case "subject":
                var list: [Subject] = []
                try reader.array { reader throws(ReportFailure) in list.append(try Subject(&reader)) }
                subject = list
            case "predicate": (predicate, head.schema) = try Predicate.read(&reader)
            default: break
            }
        }
        try reader.end()
        try head.check()
        type = Self.type
        predicateType = Self.predicateType
        self.subject = try Self.required(subject, "subject")
        self.predicate = try Self.required(predicate, "predicate")
    }

    fileprivate static func required<T>(_ value: T?, _ name: String) throws(ReportFailure) -> T {
        guard let value else { throw ReportFailure(.malformed, "\(name) is required") }
        return value
    }
}

extension ReportStatement.Subject {
    fileprivate init(_ reader: inout JSONReader) throws(ReportFailure) {
        var name: String?
        var digest: [String: String]?
        try reader.object { field, reader throws(ReportFailure) in
            switch field {
            case "name": name = try reader.string()
            case "digest":
                var values: [String: String] = [:]
                try reader.object { name, reader throws(ReportFailure) in values[name] = try reader.string() }
                digest = values
            default: break
            }
        }
        self.init(
            name: try ReportStatement.required(name, "subject.name"),
            digest: try ReportStatement.required(digest, "subject.digest"))
    }
}

extension ReportStatement.Agent {
    fileprivate init(_ reader: inout JSONReader) throws(ReportFailure) {
        var name: String?
        var version: String?
        var digest: ContentDigest?
        try reader.object { field, reader throws(ReportFailure) in
            switch field {
            case "name": name = try reader.string()
            case "version": version = try reader.string()
            case "digest": digest = try reader.null() ? nil : try reader.digest()
            default: break
            }
        }
        self.init(
            name: try ReportStatement.required(name, "agent.name"),
            version: try ReportStatement.required(version, "agent.version"), digest: digest)
    }
}

extension SectionDescriptor {
    fileprivate init(_ reader: inout JSONReader) throws(ReportFailure) {
        var digest: ContentDigest?
        var lines: Int?
        var size: Int?
        var shards: Int?
        try reader.object { field, reader throws(ReportFailure) in
            switch field {
            case "digest": digest = try reader.digest()
            case "lines": lines = try reader.count()
            case "size": size = try reader.count()
            case "shards": shards = try reader.null() ? nil : try reader.count()
            default: break
            }
        }
        self.init(
            digest: try ReportStatement.required(digest, "section digest"),
            lines: try ReportStatement.required(lines, "section lines"),
            size: try ReportStatement.required(size, "section size"), shards: shards)
    }
}

extension JSONReader {
    /// Reads an integer that fits an `Int`.
    fileprivate mutating func count() throws(ReportFailure) -> Int {
        guard let count = Int(exactly: try integer()) else { throw ReportFailure(.malformed, "count") }
        return count
    }

    /// Reads a text or a null.
    fileprivate mutating func optionalString() throws(ReportFailure) -> String? { try null() ? nil : try string() }
}

extension ReportStatement.Predicate {
    /// What is read so far; which fields there must be is known at the end.
    private struct Draft {
        var sequence: Int64?
        var previous: ContentDigest?
        var bootID: String?
        var takenAt: String?
        var agent: ReportStatement.Agent?
        var sections: [String: SectionDescriptor]?
        var gaps: [String: Int]?
        var nonce: String?
        var schema: String?

        mutating func read(_ field: String, _ reader: inout JSONReader) throws(ReportFailure) {
            switch field {
            case "sequence": sequence = try reader.integer()
            case "previous": previous = try reader.null() ? nil : try reader.digest()
            case "bootId": bootID = try reader.optionalString()
            case "takenAt": takenAt = try reader.string()
            case "agent": agent = try ReportStatement.Agent(&reader)
            case "sections":
                var values: [String: SectionDescriptor] = [:]
                try reader.object { name, reader throws(ReportFailure) in
                    values[name] = try SectionDescriptor(&reader)
                }
                sections = values
            case "gaps":
                var values: [String: Int] = [:]
                try reader.object { name, reader throws(ReportFailure) in values[name] = try reader.count() }
                gaps = values
            case "nonce": nonce = try reader.optionalString()
            case "schema": schema = try reader.string()
            default: break
            }
        }
    }

    /// Reads a predicate, and the schema that it states.
    fileprivate static func read(_ reader: inout JSONReader) throws(ReportFailure) -> (Self, schema: String?) {
        var draft = Draft()
        try reader.object { field, reader throws(ReportFailure) in try draft.read(field, &reader) }
        let sequence = try ReportStatement.required(draft.sequence, "sequence")
        guard let sequence = UInt64(exactly: sequence) else { throw ReportFailure(.malformed, "sequence") }
        let predicate = Self(
            sequence: sequence, previous: draft.previous, bootID: draft.bootID,
            takenAt: try ReportStatement.required(draft.takenAt, "takenAt"),
            agent: try ReportStatement.required(draft.agent, "agent"),
            sections: try ReportStatement.required(draft.sections, "sections"),
            gaps: try ReportStatement.required(draft.gaps, "gaps"), nonce: draft.nonce)
        return (predicate, draft.schema)
    }
}
