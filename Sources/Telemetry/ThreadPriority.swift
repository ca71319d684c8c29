import CLinux

/// How the running thread stands beside others.
package enum ThreadPriority {
    /// The least urgent niceness there is: beside busy threads one of it gets about a hundredth of a processor, and all of
    /// an idle one (sched(7)).
    private static let niceness: Int32 = 19

    /// Lets every other thread go first, for work that can wait.
    package static func giveWay() {
        clinux_give_way(niceness)
    }
}
