/// Why a cell is no value per condition, with the text that is to blame.
enum PerConditionProblem: Error {
    case value(String)
    case condition(String)
    case repeated(String)
}
