import Glibc

/// A page of memory with one behind it whose reading ends the process.
@safe
final class GuardedPage {
    private let start: UnsafeMutableRawPointer
    private let size = Int(sysconf(Int32(_SC_PAGESIZE)))

    init?() {
        let flags = MAP_PRIVATE | MAP_ANONYMOUS
        let mapping = unsafe mmap(nil, 2 * size, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard let mapping = unsafe mapping, unsafe mapping != MAP_FAILED else { return nil }
        unsafe start = mapping
        guard unsafe mprotect(mapping + size, size, PROT_NONE) == 0 else { return nil }
    }

    deinit {
        unsafe munmap(start, 2 * size)
    }

    /// Calls `body` with the bytes put so that just `padding` bytes, all of them the digit 9, lie between them and the
    /// guard.
    func with<Result>(
        _ bytes: some Collection<UInt8>, padding: Int, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let page = unsafe UnsafeMutableRawBufferPointer(start: start, count: size)
        unsafe page.copyBytes(from: repeatElement(0x39, count: size))
        let payload = unsafe UnsafeMutableRawBufferPointer(
            rebasing: page[(size - padding - bytes.count)..<(size - padding)])
        unsafe payload.copyBytes(from: bytes)
        return unsafe body(UnsafeRawBufferPointer(payload))
    }
}
