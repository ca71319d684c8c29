import Glibc

/// A user of this machine as actor: `name(uid)`.
package enum LocalUser {
    private static let longestEntry = 16_384

    /// The name from the user database beside the number, which alone cannot be changed there.
    package static func actor(_ uid: UInt32) -> String {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: longestEntry)
        let code = unsafe getpwuid_r(uid, &entry, &buffer, buffer.count, &found)
        guard code == 0, unsafe found != nil, let name = unsafe entry.pw_name else { return "uid(\(uid))" }
        return unsafe "\(String(cString: name))(\(uid))"
    }

    /// The user this process runs as.
    package static var ownActor: String { actor(getuid()) }
}
