package import AssayHost
internal import FoundationEssentials

/// A temporary directory filled from a dictionary, removed when the value goes away.
package final class HostTree: Sendable {
    /// What stands at a path.
    package enum Node: Sendable, ExpressibleByStringLiteral {
        case text(String)
        case bytes([UInt8])
        case link(String)
        case directory

        /// A text file.
        package init(stringLiteral value: String) { self = .text(value) }
    }

    /// Path of the directory.
    package let path: String

    /// Creates the tree; parent directories come by themselves.
    package init(_ nodes: [String: Node] = [:]) throws {
        let directory = FileManager.default.temporaryDirectory.path + "/assay-tree-\(UInt64.random(in: 0 ... .max))"
        path = directory
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for (name, node) in nodes { try set(name, node) }
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch {
            print("could not remove \(path): \(error)")
        }
    }

    /// The tree as a root.
    package func root(resolver: HostRoot.Resolver = .automatic) throws -> HostRoot {
        try HostRoot(path: path, resolver: resolver)
    }

    /// Creates or replaces one node.
    package func set(_ name: String, _ node: Node) throws {
        let target = path + "/" + name.drop { $0 == "/" }
        let parent = target[..<(target.lastIndex(of: "/") ?? target.endIndex)]
        try FileManager.default.createDirectory(atPath: String(parent), withIntermediateDirectories: true)
        switch node {
        case .text(let text): try Data(text.utf8).write(to: URL(filePath: target))
        case .bytes(let bytes): try Data(bytes).write(to: URL(filePath: target))
        case .link(let destination):
            try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: destination)
        case .directory: try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        }
    }

    /// Removes one node.
    package func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + name.drop { $0 == "/" })
    }
}
