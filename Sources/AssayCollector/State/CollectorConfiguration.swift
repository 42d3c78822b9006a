internal import Foundation

/// How a collector behaves; read from `collector.conf` and overridden by flags.
package struct CollectorConfiguration: Sendable, Hashable {
    /// Address to listen on.
    package var listenAddress = "127.0.0.1"
    /// Port to listen on; 0 takes any free one.
    package var port = 8443
    /// Host names and addresses under which devices and operators reach the server.
    package var names = ["localhost", "127.0.0.1", "::1"]
    /// Seconds until a device should report again.
    package var reportAfter = 3600
    /// Seconds over which devices spread their reports.
    package var reportSpread = 600
    /// Requests that one device may make in a minute.
    package var deviceRequestsPerMinute = 120
    /// Enrolment requests that one address may make in a minute.
    package var enrolmentsPerMinute = 60
    /// Attempts to sign in that one address may make in a minute; all together may make five times as many.
    package var signInsPerMinute = 30
    /// Most bytes of a content upload as it travels.
    package var uploadLimit = 256 << 20
    /// Most bytes of a content upload once decompressed.
    package var contentLimit = 1 << 30
    /// Most bytes of content that wait with one device for its report to be complete.
    package var pendingLimit = 1 << 30
    /// Open connections beyond which new ones wait.
    package var connectionLimit = 10_000
    /// Lowest level that is logged.
    package var logLevel = "info"
    /// `text` or `json`.
    package var logFormat = "text"

    /// The settings of a collector that was told nothing.
    package init() {}

    /// Reads `key = value` lines; `#` starts a comment, an unknown key or a value out of range is an error.
    package init(parsing text: String, file: String) throws {
        self.init()
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
            if content.isEmpty { continue }
            let parts = content.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            let place = "\(file):\(index + 1)"
            guard parts.count == 2 else { throw CollectorFailure(.data, "\(place): expected `key = value`") }
            try set(parts[0], to: parts[1], place: place)
        }
    }

    /// Sets what a flag of the command line says, under the rules of the file.
    package mutating func set(_ key: String, toFlag value: String) throws {
        do { try set(key, to: value, place: nil) } catch let failure as CollectorFailure {
            throw CollectorFailure(.usage, "--" + failure.description)
        }
    }

    private mutating func set(_ key: String, to value: String, place: String?) throws {
        let place = place.map { $0 + ": " } ?? ""
        func number(_ range: ClosedRange<Int>) throws -> Int {
            guard let number = Int(value), range.contains(number) else {
                throw CollectorFailure(
                    .data, "\(place)\(key) must be a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        func word(_ allowed: [String]) throws -> String {
            guard allowed.contains(value) else {
                throw CollectorFailure(.data, "\(place)\(key) must be one of \(allowed.joined(separator: ", "))")
            }
            return value
        }
        switch key {
        case "listen":
            guard !value.isEmpty, !value.contains(where: \.isWhitespace) else {
                throw CollectorFailure(.data, "\(place)listen must be an address or a host name")
            }
            listenAddress = value
        case "port": port = try number(0...65_535)
        case "names": names = value.split { $0 == "," || $0 == " " }.map(String.init)
        case "report-after": reportAfter = try number(1...2_592_000)
        case "report-spread": reportSpread = try number(0...604_800)
        case "device-requests-per-minute": deviceRequestsPerMinute = try number(1...1_000_000)
        case "enrolments-per-minute": enrolmentsPerMinute = try number(1...1_000_000)
        case "sign-ins-per-minute": signInsPerMinute = try number(1...1_000_000)
        case "upload-limit": uploadLimit = try number(1...(1 << 40))
        case "content-limit": contentLimit = try number(1...(1 << 40))
        case "pending-limit": pendingLimit = try number(1...(1 << 40))
        case "connection-limit": connectionLimit = try number(1...1_000_000)
        case "log-level": logLevel = try word(["trace", "debug", "info", "notice", "warning", "error", "critical"])
        case "log-format": logFormat = try word(["text", "json"])
        default: throw CollectorFailure(.data, "\(place)unknown setting \(key)")
        }
    }

    /// Where browsers and programs reach the collector: the first name that is not this machine's own, if there is one.
    package var address: String {
        let own: Set = ["localhost", "127.0.0.1", "::1"]
        let name = names.first { !own.contains($0) } ?? names.first ?? "localhost"
        return "https://\(name.contains(":") ? "[\(name)]" : name)\(port == 443 ? "" : ":\(port)")"
    }

    /// The settings as a file that explains itself.
    package var fileText: String {
        """
        # Settings of assay-collector; a flag of `serve` overrides the line here.
        listen = \(listenAddress)
        port = \(port)
        # Names and addresses in the server's certificate; it is issued again at the next start when they change.
        names = \(names.joined(separator: ", "))
        # Seconds until a device reports again, and over which devices spread.
        report-after = \(reportAfter)
        report-spread = \(reportSpread)
        # Requests of one device, enrolments from one address, and attempts to sign in, in a minute.
        device-requests-per-minute = \(deviceRequestsPerMinute)
        enrolments-per-minute = \(enrolmentsPerMinute)
        sign-ins-per-minute = \(signInsPerMinute)
        # Bytes of one content upload as it travels, and once decompressed.
        upload-limit = \(uploadLimit)
        content-limit = \(contentLimit)
        # Bytes of content that one device may have waiting for its report to be complete.
        pending-limit = \(pendingLimit)
        # Open connections beyond which new ones wait.
        connection-limit = \(connectionLimit)
        # trace, debug, info, notice, warning, error or critical; text or json.
        log-level = \(logLevel)
        log-format = \(logFormat)

        """
    }

    /// A settings file with other values for some keys; every other line stays as it is.
    package static func edit(_ text: String, _ changes: [String: String]) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        for (key, value) in changes.sorted(by: { $0.key < $1.key }) {
            // The last line of a key is the one that counts.
            let place = lines.lastIndex { line in
                let words = line.prefix { $0 != "#" }.split(separator: "=", maxSplits: 1)
                return words.count == 2 && words[0].trimmingCharacters(in: .whitespaces) == key
            }
            let line = "\(key) = \(value)"
            if let place { lines[place] = line } else { lines.append(line) }
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
