#include <cmath>
#include <limits>
#include <string_view>

#include "Decoder.hpp"
#include "NumberText.hpp"

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

/// 2263-01-01T00:00:00Z: one past the last UTC millisecond that is taken for a time.
constexpr int64_t time_end = 9'246'182'400'000;

constexpr uint8_t good_quality = 192;

/// Reads a whole number; one written with a fraction of zero or an exponent counts, as in JSON Schema.
bool read_integer(element found, int64_t &number) noexcept {
    if (found.get(number) == simdjson::SUCCESS) { return true; }
    double wide = 0;
    if (found.type() != element_type::DOUBLE || found.get(wide) != simdjson::SUCCESS) { return false; }
    if (std::floor(wide) != wide || !(std::fabs(wide) < 0x1p63)) { return false; }
    number = static_cast<int64_t>(wide);
    return true;
}

/// One message being read, record by record.
class NativeReader {
public:
    NativeReader(csimdjson_decoder &decoder, csimdjson_time_reader time_reader, void *time_context) noexcept
        : decoder(decoder), time_reader(time_reader), time_context(time_context) {}

    bool read(element root) noexcept {
        simdjson::dom::array records;
        if (root.get(records) != simdjson::SUCCESS) {
            return root.is_object() ? read_record(root) : refuse(CSIMDJSON_FAULT_ROOT_TYPE, root);
        }
        decoder.outcome.fault_record = 0;
        for (element record : records) {
            if (!record.is_object()) { return refuse(CSIMDJSON_FAULT_RECORD_TYPE, record); }
            if (!read_record(record)) { return false; }
            ++decoder.outcome.fault_record;
        }
        return true;
    }

private:
    bool read_record(element found) noexcept {
        simdjson::dom::object fields;
        if (found.get(fields) != simdjson::SUCCESS) { return refuse(CSIMDJSON_FAULT_RECORD_TYPE, found); }
        element sequence, time, values;
        bool has_sequence = false, has_time = false, has_values = false;
        for (const auto field : fields) {
            if (field.key == "values") {
                if (has_values) { return refuse_repeated(field.key); }
                has_values = true;
                values = field.value;
            } else if (field.key == "ts") {
                if (has_time) { return refuse_repeated(field.key); }
                has_time = true;
                time = field.value;
            } else if (field.key == "seq") {
                if (has_sequence) { return refuse_repeated(field.key); }
                has_sequence = true;
                sequence = field.value;
            }
        }
        int64_t counter = -1;
        if (has_sequence && (!read_integer(sequence, counter) || counter < 0)) {
            return refuse(CSIMDJSON_FAULT_SEQUENCE, sequence);
        }
        int64_t milliseconds = CSIMDJSON_NO_TIME;
        if (has_time && !read_time(time, milliseconds)) { return refuse(CSIMDJSON_FAULT_TIME, time); }
        if (!has_values) { return decoder.refuse(CSIMDJSON_FAULT_VALUES_ABSENT); }
        simdjson::dom::object samples;
        if (values.get(samples) != simdjson::SUCCESS) { return refuse(CSIMDJSON_FAULT_VALUES_TYPE, values); }
        return read_values(samples, counter, milliseconds);
    }

    bool read_values(simdjson::dom::object samples, int64_t counter, int64_t milliseconds) noexcept {
        csimdjson_record *record = decoder.samples.records.append();
        if (record == nullptr) { return decoder.refuse(CSIMDJSON_FAULT_NO_MEMORY); }
        const int64_t first = decoder.samples.values.size();
        for (const auto sample : samples) {
            csimdjson_value *value = decoder.samples.values.append();
            if (value == nullptr) { return decoder.refuse(CSIMDJSON_FAULT_NO_MEMORY); }
            value->tag = reinterpret_cast<const uint8_t *>(sample.key.data());
            value->tag_length = static_cast<int32_t>(sample.key.size());
            value->quality = good_quality;
            value->time = milliseconds;
            value->kind = sample.value.is_object() ? read_described(sample.value, *value)
                                                   : read_number(sample.value, value->value);
            if (value->kind != CSIMDJSON_KIND_VALUE) {
                value->quality = 0;
                value->value = std::numeric_limits<double>::quiet_NaN();
            }
        }
        *record = {counter, first, decoder.samples.values.size() - first};
        return true;
    }

    /// Reads `{"v":…,"q":…,"ts":…}`. A key given twice has no meaning to rely on, so it is that part's fault.
    uint8_t read_described(element found, csimdjson_value &value) noexcept {
        simdjson::dom::object parts;
        if (found.get(parts) != simdjson::SUCCESS) { return CSIMDJSON_KIND_WRONG_TYPE; }
        uint8_t kind = CSIMDJSON_KIND_WRONG_TYPE;
        int values = 0, qualities = 0, times = 0;
        bool quality_read = true, time_read = true;
        for (const auto part : parts) {
            if (part.key == "v") {
                ++values;
                kind = read_number(part.value, value.value);
            } else if (part.key == "q") {
                int64_t quality = -1;
                quality_read = read_integer(part.value, quality) && quality >= 0 && quality <= 255;
                if (quality_read) { value.quality = static_cast<uint8_t>(quality); }
                ++qualities;
            } else if (part.key == "ts") {
                time_read = read_time(part.value, value.time);
                ++times;
            }
        }
        if (values != 1) { return CSIMDJSON_KIND_WRONG_TYPE; }
        if (kind == CSIMDJSON_KIND_WRONG_TYPE || kind == CSIMDJSON_KIND_NOT_FINITE) { return kind; }
        if (!quality_read || qualities > 1) { return CSIMDJSON_KIND_BAD_QUALITY; }
        if (!time_read || times > 1) { return CSIMDJSON_KIND_BAD_TIME; }
        return kind;
    }

    uint8_t read_number(element found, double &number) noexcept {
        switch (found.type()) {
        case element_type::DOUBLE:
        case element_type::INT64:
        case element_type::UINT64:
            return found.get(number) == simdjson::SUCCESS ? CSIMDJSON_KIND_VALUE : CSIMDJSON_KIND_WRONG_TYPE;
        case element_type::BOOL:
            number = found.get_bool().value_unsafe() ? 1 : 0;
            return CSIMDJSON_KIND_VALUE;
        case element_type::NULL_VALUE:
            return CSIMDJSON_KIND_MISSING;
        case element_type::STRING:
            switch (read_number_text(found.get_string().value_unsafe(), number)) {
            case NumberText::finite: return CSIMDJSON_KIND_VALUE;
            case NumberText::not_finite: return CSIMDJSON_KIND_NOT_FINITE;
            case NumberText::no_number: return CSIMDJSON_KIND_WRONG_TYPE;
            }
            return CSIMDJSON_KIND_WRONG_TYPE;
        default:
            return CSIMDJSON_KIND_WRONG_TYPE;
        }
    }

    /// Reads a time into `milliseconds`, which is left alone if there is none that can be read.
    bool read_time(element found, int64_t &milliseconds) noexcept {
        int64_t time = CSIMDJSON_NO_TIME;
        double fractional = 0;
        std::string_view text;
        if (found.get(time) == simdjson::SUCCESS) {
            // Already whole milliseconds.
        } else if (found.get(text) == simdjson::SUCCESS) {
            time = time_reader(
                time_context, reinterpret_cast<const uint8_t *>(text.data()), static_cast<int64_t>(text.size()));
        } else if (found.get(fractional) == simdjson::SUCCESS && fractional >= 0 && fractional < double(time_end)) {
            time = static_cast<int64_t>(std::floor(fractional));
        }
        if (time < 0 || time >= time_end) { return false; }
        milliseconds = time;
        return true;
    }

    bool refuse_repeated(std::string_view key) noexcept {
        set_found_text(key);
        return decoder.refuse(CSIMDJSON_FAULT_REPEATED_KEY, CSIMDJSON_FOUND_TEXT);
    }

    bool refuse(csimdjson_fault fault, element found) noexcept {
        std::string_view text;
        switch (found.type()) {
        case element_type::ARRAY: return decoder.refuse(fault, CSIMDJSON_FOUND_ARRAY);
        case element_type::OBJECT: return decoder.refuse(fault, CSIMDJSON_FOUND_OBJECT);
        case element_type::BOOL: return decoder.refuse(fault, CSIMDJSON_FOUND_BOOLEAN);
        case element_type::NULL_VALUE: return decoder.refuse(fault, CSIMDJSON_FOUND_NULL);
        case element_type::STRING:
            if (found.get(text) == simdjson::SUCCESS) { set_found_text(text); }
            return decoder.refuse(fault, CSIMDJSON_FOUND_TEXT);
        default:
            if (found.get(decoder.outcome.found_number) != simdjson::SUCCESS) { decoder.outcome.found_number = 0; }
            return decoder.refuse(fault, CSIMDJSON_FOUND_NUMBER);
        }
    }

    void set_found_text(std::string_view text) noexcept {
        decoder.outcome.found_text = reinterpret_cast<const uint8_t *>(text.data());
        decoder.outcome.found_length = static_cast<int64_t>(text.size());
    }

    csimdjson_decoder &decoder;
    csimdjson_time_reader time_reader;
    void *time_context;
};

} // namespace

const csimdjson_outcome *csimdjson_decode_native(
    csimdjson_decoder *decoder, const uint8_t *payload, int64_t length, csimdjson_time_reader time_reader,
    void *time_context) {
    element root;
    if (decoder->parse(payload, length, root)) { NativeReader(*decoder, time_reader, time_context).read(root); }
    csimdjson_outcome &outcome = decoder->outcome;
    outcome.records = decoder->samples.records.data();
    outcome.record_count = decoder->samples.records.size();
    outcome.values = decoder->samples.values.data();
    outcome.value_count = decoder->samples.values.size();
    return &outcome;
}
