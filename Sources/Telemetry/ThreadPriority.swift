import CLinux

/// How the running thread stands beside others.
package enum ThreadPriority {
    /// Lets every other thread go first, for work that can wait.
    package static func giveWay() {
        clinux_give_way(10)
    }
}
