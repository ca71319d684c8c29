import CMosquitto
import Glibc

/// An eventfd: lets one thread end another's `Poll.wait`. Signals do not count up: one `drain` takes them all.
package final class WakeUp: Sendable {
    /// To be polled for reading. Invalid (-1) if the process has no descriptor left: then nobody is woken early.
    package let descriptor: Int32

    package init() {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
    }

    deinit {
        close(descriptor)
    }

    /// Wakes whoever polls. Safe from any thread and from a signal handler.
    package func signal() {
        var one: UInt64 = 1
        _ = unsafe write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Takes back all signals given so far.
    package func drain() {
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
