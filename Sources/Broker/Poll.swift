import Glibc

/// poll(2).
package enum Poll {
    /// Waits until a descriptor is ready or `timeout` milliseconds have passed; negative waits without limit. A
    /// signal does not end it. Negative descriptors are ignored. The answer has an entry for each interest.
    package static func wait(_ interests: [PollInterest], timeout: Int) -> [PollReadiness] {
        var entries = interests.map { interest in
            pollfd(
                fd: interest.descriptor,
                events: Int16((interest.wantsRead ? POLLIN : 0) | (interest.wantsWrite ? POLLOUT : 0)),
                revents: 0)
        }
        let deadline = MonotonicTime.milliseconds() + Int64(timeout)
        var remaining = Int32(clamping: timeout)
        while true {
            let ready = unsafe poll(&entries, nfds_t(entries.count), remaining)
            guard ready < 0, errno == EINTR else { break }
            if timeout >= 0 {
                remaining = Int32(clamping: max(0, deadline - MonotonicTime.milliseconds()))
            }
        }
        return entries.map { entry in
            let seen = Int32(entry.revents)
            let broken = seen & (POLLERR | POLLHUP | POLLNVAL) != 0
            return PollReadiness(canRead: broken || seen & POLLIN != 0, canWrite: seen & POLLOUT != 0)
        }
    }
}
