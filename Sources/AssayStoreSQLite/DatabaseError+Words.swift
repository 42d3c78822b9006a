internal import GRDB

extension DatabaseError {
    /// What went wrong, for a person; SQLite's own message can be empty, as after an online backup.
    var words: String {
        let number = "SQLite \(extendedResultCode.rawValue)"
        return switch resultCode {
        case .SQLITE_FULL: "there is no space left (\(number))"
        // A full disk comes to this where SQLite sets up its journal or the memory that its processes share.
        case .SQLITE_IOERR: "input or output failed; look whether there is space left (\(number))"
        default: "\(message ?? "failed") (\(number))"
        }
    }
}
