#include "Decoder.hpp"

#include <climits>
#include <new>

#include "NumberText.hpp"

static_assert(CSIMDJSON_PADDING >= simdjson::SIMDJSON_PADDING, "callers are promised too little padding");

namespace {

bool may_stand_in_number(uint8_t character) noexcept {
    return (character >= '0' && character <= '9') || character == '-' || character == '+' || character == '.'
        || character == 'e' || character == 'E';
}

/// Whether a JSON number is one that simdjson refuses for its size alone.
bool is_too_wide(std::string_view number) noexcept {
    constexpr size_t digits_that_always_fit = 18;
    if (!is_json_number(number)) { return false; }
    double value = 0;
    if (read_number_text(number, value) == NumberText::not_finite) { return true; }
    return number.size() > digits_that_always_fit && number.find_first_of(".eE") == std::string_view::npos;
}

/// A number in a key's place must stay the syntax error it is.
bool is_followed_by_colon(const uint8_t *payload, size_t cursor, size_t length) noexcept {
    while (cursor < length && payload[cursor] <= ' ') { ++cursor; }
    return cursor < length && payload[cursor] == ':';
}

} // namespace

bool csimdjson_decoder::refuse(csimdjson_fault fault, csimdjson_found found) noexcept {
    samples.clear();
    outcome.fault = fault;
    outcome.found = found;
    return false;
}

bool csimdjson_decoder::parse(const uint8_t *payload, int64_t length, simdjson::dom::element &root) noexcept {
    samples.clear();
    outcome = csimdjson_outcome{};
    outcome.fault_record = -1;
    // Lengths of tags are 32 bits wide, and rewriting may take twice the payload.
    if (length < 0 || length > INT_MAX / 2) { return refuse(CSIMDJSON_FAULT_TOO_LARGE); }
    simdjson::error_code error = parse_once(payload, static_cast<size_t>(length), root);
    if (error == simdjson::NUMBER_ERROR) {
        if (!widen(payload, static_cast<size_t>(length))) { return refuse(CSIMDJSON_FAULT_NO_MEMORY); }
        error = parse_once(widened.data(), static_cast<size_t>(widened.size() - CSIMDJSON_PADDING), root);
    }
    if (error == simdjson::SUCCESS) { return true; }
    if (error == simdjson::MEMALLOC) { return refuse(CSIMDJSON_FAULT_NO_MEMORY); }
    outcome.explanation = simdjson::error_message(error);
    return refuse(CSIMDJSON_FAULT_NOT_JSON);
}

simdjson::error_code csimdjson_decoder::parse_once(
    const uint8_t *payload, size_t length, simdjson::dom::element &root) noexcept {
    // Room is taken in powers of two, so that messages of slowly rising length do not reallocate each time.
    if (length > parser.capacity()) {
        size_t room = 4096;
        while (room < length) { room *= 2; }
        if (const simdjson::error_code error = document.allocate(room)) { return error; }
        if (const simdjson::error_code error = parser.allocate(room)) { return error; }
    }
    return parser.parse_into_document(document, payload, length, false).get(root);
}

/// simdjson refuses a whole document for one number beyond 64 bits, where the contract faults only the value, or
/// reads it as the nearest double. The rewritten payload carries such numbers as text, which is read to the same end.
bool csimdjson_decoder::widen(const uint8_t *payload, size_t length) noexcept {
    widened.clear();
    const auto put = [this](uint8_t character) noexcept {
        uint8_t *place = widened.append();
        if (place != nullptr) { *place = character; }
        return place != nullptr;
    };
    bool in_text = false;
    for (size_t cursor = 0; cursor < length;) {
        const uint8_t character = payload[cursor];
        size_t end = cursor + 1;
        bool quoted = false;
        if (in_text) {
            if (character == '\\' && end < length) { ++end; }
            if (character == '"') { in_text = false; }
        } else if (character == '"') {
            in_text = true;
        } else if (may_stand_in_number(character)) {
            while (end < length && may_stand_in_number(payload[end])) { ++end; }
            const std::string_view token(reinterpret_cast<const char *>(payload) + cursor, end - cursor);
            quoted = is_too_wide(token) && !is_followed_by_colon(payload, end, length);
        }
        if (quoted && !put('"')) { return false; }
        for (; cursor < end; ++cursor) {
            if (!put(payload[cursor])) { return false; }
        }
        if (quoted && !put('"')) { return false; }
    }
    for (int place = 0; place < CSIMDJSON_PADDING; ++place) {
        if (!put(' ')) { return false; }
    }
    return true;
}

int csimdjson_parse_only(csimdjson_decoder *decoder, const uint8_t *payload, int64_t length) {
    simdjson::dom::element root;
    return decoder->parse(payload, length, root) ? 1 : 0;
}

csimdjson_decoder *csimdjson_decoder_create(void) { return new (std::nothrow) csimdjson_decoder(); }

void csimdjson_decoder_destroy(csimdjson_decoder *decoder) { delete decoder; }
