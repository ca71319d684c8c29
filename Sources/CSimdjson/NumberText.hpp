#pragma once

#include <string_view>

enum class NumberText { finite, not_finite, no_number };

/// Reads a decimal number written as text, blanks around it allowed: optional sign, digits with or without a point,
/// optional exponent. Words such as `NaN` and `-Infinity`, and numbers beyond a double, are `not_finite`; numbers too
/// small for one are 0.
NumberText read_number_text(std::string_view text, double &value) noexcept;

/// Whether the text is a number by the grammar of JSON (RFC 8259, section 6).
bool is_json_number(std::string_view text) noexcept;
