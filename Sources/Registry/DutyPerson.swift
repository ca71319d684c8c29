/// Somebody who is on duty.
package struct DutyPerson: Hashable, Sendable {
    /// In `people` of the policies file.
    package let key: String
    package let person: Person
    package let shift: String
    /// The key of whom they stand in for.
    package let insteadOf: String?
}
