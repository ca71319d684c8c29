import CLinux

/// The process's own memory, as the C library keeps it.
package enum ProcessMemory {
    /// Gives back what was freed and would otherwise stay with the process, as after reading a large registry.
    package static func returnFree() {
        clinux_return_free_memory()
    }

    /// Has threads share two heaps instead of each having its own, so that memory stays flat however many there are. To
    /// be called before threads are started.
    package static func shareHeaps() {
        clinux_share_heaps(2)
    }
}
