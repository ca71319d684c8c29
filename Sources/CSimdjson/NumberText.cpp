#include "NumberText.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>

namespace {

bool is_blank(char character) noexcept {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

bool is_digit(char character) noexcept { return character >= '0' && character <= '9'; }

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) { text.remove_prefix(1); }
    while (!text.empty() && is_blank(text.back())) { text.remove_suffix(1); }
    return text;
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) noexcept {
    if (text.size() != lower.size()) { return false; }
    for (size_t place = 0; place < text.size(); ++place) {
        if ((text[place] | 0x20) != lower[place]) { return false; }
    }
    return true;
}

/// Whether an unsigned decimal that fits no double is too small rather than too large: where its first digit other
/// than 0 stands, moved by its exponent.
bool is_below_one(std::string_view text) noexcept {
    int64_t place = 0;
    bool after_point = false;
    bool significant = false;
    size_t cursor = 0;
    for (; cursor < text.size() && (text[cursor] | 0x20) != 'e'; ++cursor) {
        if (text[cursor] == '.') {
            after_point = true;
            continue;
        }
        significant = significant || text[cursor] != '0';
        if (significant && !after_point) { ++place; }
        if (!significant && after_point) { --place; }
    }
    bool negative = false;
    int64_t exponent = 0;
    for (++cursor; cursor < text.size(); ++cursor) {
        if (text[cursor] == '-') { negative = true; }
        if (is_digit(text[cursor]) && exponent < 1'000'000'000'000) { exponent = exponent * 10 + (text[cursor] - '0'); }
    }
    return place + (negative ? -exponent : exponent) <= 0;
}

} // namespace

NumberText read_number_text(std::string_view text, double &value) noexcept {
    text = trimmed(text);
    bool negative = false;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    if (text.empty()) { return NumberText::no_number; }
    if (!is_digit(text.front()) && text.front() != '.') {
        const bool word = equals_ignoring_case(text, "nan") || equals_ignoring_case(text, "inf")
            || equals_ignoring_case(text, "infinity");
        return word ? NumberText::not_finite : NumberText::no_number;
    }
    double magnitude = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), magnitude);
    if (error == std::errc::invalid_argument || stop != text.data() + text.size()) { return NumberText::no_number; }
    if (error == std::errc::result_out_of_range) {
        if (!is_below_one(text)) { return NumberText::not_finite; }
        magnitude = 0;
    }
    if (!std::isfinite(magnitude)) { return NumberText::not_finite; }
    value = negative ? -magnitude : magnitude;
    return NumberText::finite;
}

bool is_json_number(std::string_view text) noexcept {
    size_t cursor = 0;
    const auto digits = [&]() noexcept {
        const size_t start = cursor;
        while (cursor < text.size() && is_digit(text[cursor])) { ++cursor; }
        return cursor - start;
    };
    if (cursor < text.size() && text[cursor] == '-') { ++cursor; }
    const bool leading_zero = cursor < text.size() && text[cursor] == '0';
    const size_t whole = digits();
    if (whole == 0 || (leading_zero && whole > 1)) { return false; }
    if (cursor < text.size() && text[cursor] == '.') {
        ++cursor;
        if (digits() == 0) { return false; }
    }
    if (cursor < text.size() && (text[cursor] | 0x20) == 'e') {
        ++cursor;
        if (cursor < text.size() && (text[cursor] == '+' || text[cursor] == '-')) { ++cursor; }
        if (digits() == 0) { return false; }
    }
    return cursor == text.size();
}
