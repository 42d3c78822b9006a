import AssayHost
import AssayPackages
import AssayTestKit
import Glibc
import Testing

@testable import AssayFiles

@Suite struct HashPipelineTests {
    private func pipeline(_ workers: Int, opened: Counter) -> HashPipeline {
        var hooks = FileScanOptions.Hooks()
        hooks.beforeOpening = { _ in opened.increment() }
        return HashPipeline(workers: workers) { [hooks] isCancelled in
            FileExaminer(
                reader: FileReader(
                    computesSHA512: false, pacer: nil, progress: FileScanProgress(), isCancelled: isCancelled),
                ownership: FileOwnership(.empty), hooks: hooks, scan: 1)
        }
    }

    private func batches(_ tree: HostTree, count: Int) throws -> [HashBatch] {
        let directory = DirectoryHandle(owning: open(tree.path, O_RDONLY | O_DIRECTORY))
        return (0..<count).map { index in
            let name = Array("f\(index)".utf8)
            return HashBatch([
                FileJob(
                    directory: directory, name: name + [0], path: [UInt8(ascii: "/")] + name, inode: 0, size: 10,
                    known: nil),
                FileJob(
                    directory: directory, name: Array("none".utf8) + [0], path: Array("/none".utf8), inode: 0, size: 10,
                    known: nil),
            ])
        }
    }

    private func tree(_ count: Int) throws -> HostTree {
        let tree = try HostTree()
        for index in 0..<count { try tree.set("/f\(index)", "#!/bin/sh\n") }
        return tree
    }

    @Test("every batch is answered, job by job", arguments: [1, 2, 8]) func answersEveryJob(_ workers: Int) throws {
        let tree = try tree(100)
        let opened = Counter()
        let pipeline = pipeline(workers, opened: opened)
        let batches = try batches(tree, count: 100)
        for batch in batches { pipeline.submit(batch) }
        for (index, batch) in batches.enumerated() {
            batch.wait()
            #expect(batch.isDone)
            guard case .record(let record) = batch.take(0) else {
                Issue.record("job \(index) was not read")
                continue
            }
            #expect(record.path == Array("/f\(index)".utf8))
            guard case .gone = batch.take(1) else {
                Issue.record("a file that is not there is gone")
                continue
            }
        }
        pipeline.close(cancelling: false)
        #expect(opened.value == 200)
    }

    @Test func closingWaitsForWhatIsQueued() throws {
        let tree = try tree(4)
        let opened = Counter()
        let pipeline = pipeline(1, opened: opened)
        for batch in try batches(tree, count: 2) { pipeline.submit(batch) }
        pipeline.close(cancelling: false)
        #expect(opened.value == 4)
    }

    @Test func closingWithoutWorkIsFine() { pipeline(4, opened: Counter()).close(cancelling: true) }
}
