import Glibc
import Testing

@testable import AssayHost

@Suite struct ErrorNumberTests {
    @Test(arguments: [(ENOENT, "No such file or directory"), (EACCES, "Permission denied")])
    func words(_ number: Int32, _ text: String) { #expect(ErrorNumber.words(number) == text) }

    @Test(arguments: [Int32.max, Int32.min, 99_999]) func anyNumberHasWords(_ number: Int32) {
        #expect(!ErrorNumber.words(number).isEmpty)
    }
}
