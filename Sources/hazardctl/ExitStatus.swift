/// The exit codes of the contract.
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case usage = 2
    /// Evidence does not verify.
    case evidence = 3
    /// A needed service is unreachable (EX_UNAVAILABLE of sysexits.h).
    case unreachable = 69
    /// The configuration is rejected (EX_CONFIG).
    case rejected = 78
}
