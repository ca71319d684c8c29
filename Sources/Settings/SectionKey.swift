/// The keys a mapping may have, spelled as in the file.
package protocol SectionKey: CaseIterable, Hashable, RawRepresentable, Sendable where RawValue == String {}
