import CLinux

/// How the running thread stands beside others.
package enum ThreadPriority {
    /// The least urgent niceness there is: beside busy threads one of it gets about a hundredth of a processor, and all of
    /// an idle one (sched(7)).
    private static let niceness: Int32 = 19

    /// A third of the weight of a usual thread.
    private static let patientNiceness: Int32 = 5

    /// A turn that is short beside those of usual threads, of a millisecond or so, and long beside a change of thread.
    private static let promptTurn: UInt64 = 200_000

    /// Has the thread begin as soon as there is something for it to do, however busy others are: for the way of an alarm. It
    /// gets no larger share of a processor for that (sched(7), Linux 6.12).
    package static func beginAtOnce() {
        clinux_take_short_turns(promptTurn)
    }

    /// Leaves most of a processor that is too small for both to usual threads, for work that people wait for.
    package static func stepBack() {
        clinux_give_way(patientNiceness)
    }

    /// Lets every other thread go first, for work that can wait.
    package static func giveWay() {
        clinux_give_way(niceness)
    }

    /// Takes what no other thread of the machine wants, and leaves a processor at once to whoever does: a thread that is merely
    /// less urgent finishes its turn first, which takes milliseconds (SCHED_IDLE, sched(7)).
    package static func useIdleTime() {
        clinux_use_idle_time()
    }
}
