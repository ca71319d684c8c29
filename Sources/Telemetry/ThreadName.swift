import CLinux

/// What a thread is called by `top -H`, debuggers and profilers.
package enum ThreadName {
    /// Names the running thread; fifteen bytes are kept (prctl(2), PR_SET_NAME).
    package static func adopt(_ name: String) {
        unsafe name.withCString { unsafe clinux_name_thread($0) }
    }
}
