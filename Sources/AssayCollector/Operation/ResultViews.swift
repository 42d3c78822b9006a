package import AssayModel
package import AssayReport
package import AssayStore

/// The result of a verification in a list.
package struct ResultView: Sendable, Codable {
    /// SHA-256 of the signed payload.
    package let digest: ContentDigest
    /// What the unit is called.
    package let unit: String
    /// Model that the unit states.
    package let model: String?
    /// Station on the line.
    package let station: String?
    /// Who verified.
    package let `operator`: String?
    /// What came of it.
    package let verdict: Verdict
    /// When, as the signer states it.
    package let takenAt: Timestamp
    /// When it arrived.
    package let receivedAt: Timestamp
    /// Device whose key signed.
    package let signer: ContentDigest

    /// Shows a result without its statement.
    package init(_ result: UnitResult) {
        digest = result.digest
        unit = result.unit
        model = result.model
        station = result.station
        `operator` = result.operator
        verdict = result.verdict
        takenAt = result.takenAt
        receivedAt = result.receivedAt
        signer = result.signer
    }
}

/// One result with its signed statement.
package struct ResultDetailView: Sendable, Codable {
    /// What lists show of it.
    package let result: ResultView
    /// What was signed.
    package let statement: VerificationStatement
    /// The envelope as any implementation of DSSE reads it.
    package let envelope: String

    /// Shows a result; the signature is checked again against the enrolled key of the signer.
    package init(_ stored: UnitResult, signer: Device) throws {
        let identity = try DeviceIdentity(subjectPublicKeyInfo: signer.publicKey)
        let verified = try ReceivedResult(parsing: stored.envelope).verified(by: identity)
        result = ResultView(stored)
        statement = verified.statement
        envelope = String(decoding: try verified.received.envelope.encoded(), as: UTF8.self)
    }
}

/// What came off one station.
package struct YieldView: Sendable, Codable {
    /// The station; nil for results that name none.
    package let station: String?
    /// Results.
    package let results: Int
    /// Results that passed.
    package let passed: Int
    /// Results that failed.
    package let failed: Int
    /// Results that could not decide.
    package let undecided: Int
    /// Different units.
    package let units: Int
    /// Units whose first result at this station passed.
    package let firstPassed: Int
    /// First-pass yield in percent, one decimal.
    package let firstPassYield: Double

    /// Shows a count.
    package init(_ yield: StationYield) {
        station = yield.station
        results = yield.results
        passed = yield.passed
        failed = yield.failed
        undecided = yield.results - yield.passed - yield.failed
        units = yield.units
        firstPassed = yield.firstPassed
        firstPassYield = yield.units > 0 ? (Double(yield.firstPassed) * 1000 / Double(yield.units)).rounded() / 10 : 0
    }
}

/// A list of results with what came off each station.
package struct ResultPageView: Sendable, Codable {
    /// The results.
    package let items: [ResultView]
    /// Value of `after` for the next page; nil on the last.
    package let next: String?
    /// Yield by station over everything that the query meets, this page or not.
    package let stations: [YieldView]

    /// A page.
    package init(items: [ResultView], next: String?, stations: [YieldView]) {
        self.items = items
        self.next = next
        self.stations = stations
    }
}

extension Operations {
    /// A page of results and the yield of the stations.
    package func results(_ query: ResultQuery, after cursor: Int64?, limit: Int) async throws -> ResultPageView {
        let page = try await store.results(query, after: cursor, limit: limit)
        let yields = try await store.yields(query)
        return ResultPageView(
            items: page.results.map(ResultView.init), next: page.next.map { String($0) },
            stations: yields.map(YieldView.init))
    }

    /// The result that a digest, or enough of its beginning, names.
    package func result(_ name: String) async throws -> ResultDetailView {
        let digits = name.hasPrefix("sha256:") ? String(name.dropFirst(7)) : name
        guard !digits.isEmpty, digits.utf8.count <= 64, digits.utf8.allSatisfy(Self.isHexDigit) else {
            throw CollectorFailure(.usage, "\(name) is not the digest of a result or the beginning of one")
        }
        let results = try await store.results(withPrefix: digits)
        guard let result = results.first else {
            throw CollectorFailure(
                .noInput, "there is no result \(name)", nextStep: "list them with: assay-collector results list")
        }
        guard results.count == 1 else {
            throw CollectorFailure(.usage, "several results begin with \(name)", nextStep: "give more digits")
        }
        guard let signer = try await store.device(result.signer) else {
            throw CollectorFailure(.noInput, "there is no device \(result.signer)")
        }
        return try ResultDetailView(result, signer: signer)
    }
}
