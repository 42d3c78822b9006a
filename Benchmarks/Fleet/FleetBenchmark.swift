internal import AssayCollector
internal import AssayModel
internal import AssayRules
internal import AssayStore
internal import AssayStoreSQLite
internal import Foundation
internal import Logging

/// Measures what a large fleet costs: a changed profile for 100,000 devices, and one more report beside 1,000,000 serial
/// numbers. usage: fleet-benchmark [DEVICES]
///
/// Stores are filled in memory (/dev/shm), where a commit costs nothing, and measured as a copy on disk.
@main
struct FleetBenchmark {
    static func main() async throws {
        let devices = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-fleet-\(getpid())").path
        let memory = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm/assay-fleet-\(getpid())" : folder
        for path in [folder, memory] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        defer { for path in [folder, memory] { try? FileManager.default.removeItem(atPath: path) } }
        let filled = try await fill(devices, in: memory)
        try await filled.backUp(to: folder + "/large.sqlite", with: [:])
        let small = try await fill(devices / 1000, in: memory, named: "small")
        try await small.backUp(to: folder + "/small.sqlite", with: [:])
        try await reevaluate(try SQLiteStore(path: folder + "/large.sqlite"), devices)
        try await compareIndexes(
            large: try SQLiteStore(path: folder + "/large.sqlite"),
            small: try SQLiteStore(path: folder + "/small.sqlite"),
            devices)
    }

    private static let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    private static func fill(_ devices: Int, in folder: String, named name: String = "large") async throws
        -> SQLiteStore
    {
        let start = ContinuousClock.now
        let store = try SQLiteStore(path: "\(folder)/\(name).sqlite")
        let filling = FleetFilling(store: store)
        try await filling.createToken()
        try await filling.importProfiles(version: 1)
        try await filling.addUnits(0..<devices)
        let added = ContinuousClock.now
        try await settle(store)
        let verdicts = try await store.statistics().verdicts
        guard verdicts == ["pass": devices] else { throw BenchmarkFailure("verdicts after filling: \(verdicts)") }
        note("filled \(devices) devices in \(seconds(added - start)) s, judged first in \(seconds(.now - added)) s")
        return store
    }

    private static func settle(_ store: SQLiteStore) async throws {
        let service = EvaluationService(store: store, metrics: CollectorMetrics(), logger: quiet)
        repeat { await service.settleDirtyDevices() } while try await !store.dirtyDevices(limit: 1).isEmpty
    }

    /// A new revision of every profile, by which one model in ten fails.
    private static func reevaluate(_ store: SQLiteStore, _ devices: Int) async throws {
        let filling = FleetFilling(store: store)
        print(
            "| \(devices) devices of \(ModelUnit.models) models, \(ModelUnit.parts) parts each | Wall s | CPU s | µs CPU a device |"
        )
        print("|---|---|---|---|")
        for (version, strict, words) in [
            (2, Set([3]), "every profile changed, a tenth fails"), (3, [], "changed back"),
        ] {
            let (start, cpu) = (ContinuousClock.now, Self.cpu())
            try await filling.importProfiles(version: version, strict: strict)
            try await settle(store)
            let (wall, used) = (ContinuousClock.now - start, Self.cpu() - cpu)
            let failing = try await store.statistics().verdicts["fail"] ?? 0
            guard failing == devices / ModelUnit.models * strict.count else {
                throw BenchmarkFailure("\(failing) fail")
            }
            print("| \(words) | \(seconds(wall)) | \(text(used)) | \(Int(used / Double(devices) * 1e6)) |")
        }
    }

    /// The same new reports beside a large index and beside one of a thousandth.
    private static func compareIndexes(large: SQLiteStore, small: SQLiteStore, _ devices: Int) async throws {
        let rounds = 20
        let batch = 50
        var times: [[Double]] = [[], []]
        var cpu = [0.0, 0.0]
        let fillings = [FleetFilling(store: small), FleetFilling(store: large)]
        for round in 0..<rounds {
            for (index, filling) in fillings.enumerated() {
                let units = (0..<batch).map { ModelUnit(devices + round * batch + $0) }
                var ids: [ContentDigest] = []
                for unit in units { ids.append(try await filling.enrol(unit)) }
                let identities = units.map { FleetIdentities().identities(of: $0.inventory) }
                let used = Self.cpu()
                for (id, identities) in zip(ids, identities) {
                    let start = ContinuousClock.now
                    try await filling.store.noteIdentities(identities, of: id, at: .now)
                    _ = try await filling.store.fleetMatches(of: id)
                    times[index].append((.now - start) / .milliseconds(1))
                }
                cpu[index] += Self.cpu() - used
            }
        }
        let identities = ModelUnit.serials + 2
        print("\n| A report with \(identities) serial numbers enters an index of | Median ms | CPU ms |\n|---|---|---|")
        for (index, size) in [devices / 1000, devices].enumerated() {
            print(
                "| \(size * identities) | \(text(median(times[index]))) | \(text(cpu[index] / Double(rounds * batch) * 1e3)) |"
            )
        }
        print("| ratio | \(text(median(times[1]) / median(times[0]))) | \(text(cpu[1] / cpu[0])) |")
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    /// Seconds of both cores that this process used.
    private static func cpu() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func seconds(_ duration: Duration) -> String { text(duration / .seconds(1)) }
    private static func text(_ value: Double) -> String { String(format: "%.2f", value) }
    private static func note(_ words: String) { FileHandle.standardError.write(Data((words + "\n").utf8)) }
}
