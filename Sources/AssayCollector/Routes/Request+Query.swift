internal import Hummingbird

extension Problem {
    /// What does not say where a list goes on.
    static let badCursor = Problem.malformed("after must be the `next` of another page")
}

extension Request {
    /// A parameter of the query.
    func query(_ name: String) -> String? { uri.queryParameters[Substring(name)].map(String.init) }

    /// A parameter of the query that is one of some words; nil when it is not there.
    func query(_ name: String, of words: [String]) throws(Problem) -> String? {
        guard let word = query(name) else { return nil }
        guard words.contains(word) else {
            throw .malformed("\(name) must be one of \(words.joined(separator: ", "))")
        }
        return word
    }

    /// Refuses parameters that the route does not know: a misspelt filter must not look like one that found all.
    func allowQuery(_ names: [String]) throws(Problem) {
        for parameter in uri.queryParameters where !names.contains(String(parameter.key)) {
            let known = names.isEmpty ? "none" : names.joined(separator: ", ")
            throw .malformed("unknown parameter \(parameter.key.prefix(80)); the route knows \(known)")
        }
    }

    /// A parameter of the query that is the number of a revision.
    func revision(_ name: String) throws(Problem) -> Int? {
        guard let text = query(name) else { return nil }
        guard let number = Int(text), number > 0 else { throw .malformed("\(name) must be the number of a revision") }
        return number
    }

    /// Where a list that is numbered goes on; nil for its first page.
    func cursor() throws(Problem) -> Int64? {
        guard let text = query("after") else { return nil }
        guard let cursor = Int64(text) else { throw .badCursor }
        return cursor
    }

    /// `limit` of the query, 100 when it is not there.
    func pageSize() throws(Problem) -> Int {
        guard let text = query("limit") else { return 100 }
        guard let limit = Int(text), (1...OperatorRoutes.pageLimit).contains(limit) else {
            throw .malformed("limit must be a number from 1 to \(OperatorRoutes.pageLimit)")
        }
        return limit
    }
}
