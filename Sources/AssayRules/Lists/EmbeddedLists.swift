internal import CHardwareLists

/// The files of `hwprofiles/lists` as they were when the program was built.
///
/// They are compiled in, so that `verify` works on a line without a network and without installed files; a newer copy
/// may take the place of each.
package enum EmbeddedLists {
    /// Paths below `hwprofiles/lists`, and the bytes.
    package static var files: [(path: String, bytes: [UInt8])] {
        (0..<assay_hardware_list_count()).compactMap { index in
            let list = assay_hardware_list_at(index)
            guard let path = list.path, let bytes = list.bytes else { return nil }
            return (String(cString: path), Array(UnsafeBufferPointer(start: bytes, count: list.size)))
        }
    }
}
