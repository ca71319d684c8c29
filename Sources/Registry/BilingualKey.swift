import Settings

/// The languages a name or sentence may be given in.
package enum BilingualKey: String, SectionKey {
    case zh, en
}
