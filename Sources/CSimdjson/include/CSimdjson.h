#pragma once

/// Flat C view of telemetry payloads read by simdjson: one call a message fills two arrays that the decoder owns and
/// reuses, so that nothing is allocated a message once the arrays have grown to what the source sends.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that must be readable after a payload; vector loads run past its end.
#define CSIMDJSON_PADDING 64

/// A time that is absent or cannot be read.
#define CSIMDJSON_NO_TIME INT64_MIN

/// What became of one value; Swift's DecodedKind has the same numbers.
enum {
    CSIMDJSON_KIND_VALUE = 0,
    CSIMDJSON_KIND_MISSING = 1,
    CSIMDJSON_KIND_WRONG_TYPE = 2,
    CSIMDJSON_KIND_NOT_FINITE = 3,
    CSIMDJSON_KIND_BAD_QUALITY = 4,
    CSIMDJSON_KIND_BAD_TIME = 5,
};

/// Laid out like Swift's DecodedValue; the decoder checks that when it is made.
typedef struct {
    const uint8_t *_Nonnull tag;
    int32_t tag_length;
    uint8_t kind;
    uint8_t quality;
    int64_t time;
    double value;
} csimdjson_value;

/// Laid out like Swift's DecodedRecord.
typedef struct {
    /// The gateway's counter, or -1.
    int64_t sequence;
    int64_t first_value;
    int64_t value_count;
} csimdjson_record;

/// Why a whole message cannot be used.
typedef enum : uint8_t {
    CSIMDJSON_FAULT_NONE = 0,
    CSIMDJSON_FAULT_NO_MEMORY,
    CSIMDJSON_FAULT_TOO_LARGE,
    CSIMDJSON_FAULT_NOT_JSON,
    CSIMDJSON_FAULT_ROOT_TYPE,
    CSIMDJSON_FAULT_RECORD_TYPE,
    CSIMDJSON_FAULT_VALUES_ABSENT,
    CSIMDJSON_FAULT_VALUES_TYPE,
    CSIMDJSON_FAULT_SEQUENCE,
    CSIMDJSON_FAULT_TIME,
    CSIMDJSON_FAULT_REPEATED_KEY,
} csimdjson_fault;

/// What stood where something else was expected.
typedef enum : uint8_t {
    CSIMDJSON_FOUND_NOTHING = 0,
    CSIMDJSON_FOUND_NULL,
    CSIMDJSON_FOUND_BOOLEAN,
    CSIMDJSON_FOUND_NUMBER,
    CSIMDJSON_FOUND_TEXT,
    CSIMDJSON_FOUND_ARRAY,
    CSIMDJSON_FOUND_OBJECT,
} csimdjson_found;

/// The outcome of one call; its pointers are good until the next call with the same decoder.
typedef struct {
    const csimdjson_record *_Nullable records;
    const csimdjson_value *_Nullable values;
    int64_t record_count;
    int64_t value_count;
    /// The faulty record's place in the array, from 0; -1 when the payload is one object or none.
    int64_t fault_record;
    /// The text found, or the key that is repeated.
    const uint8_t *_Nullable found_text;
    int64_t found_length;
    double found_number;
    /// simdjson's words for a payload that is not JSON.
    const char *_Nullable explanation;
    csimdjson_fault fault;
    csimdjson_found found;
} csimdjson_outcome;

/// Reads a time written as text: UTC milliseconds, or CSIMDJSON_NO_TIME.
typedef int64_t (*csimdjson_time_reader)(void *_Nonnull context, const uint8_t *_Nonnull text, int64_t length);

typedef struct csimdjson_decoder csimdjson_decoder;

/// NULL when there is no memory.
csimdjson_decoder *_Nullable csimdjson_decoder_create(void);

void csimdjson_decoder_destroy(csimdjson_decoder *_Nullable decoder);

/// Reads one payload of the native format. CSIMDJSON_PADDING bytes after it must be readable, whatever they hold.
const csimdjson_outcome *_Nonnull csimdjson_decode_native(
    csimdjson_decoder *_Nonnull decoder, const uint8_t *_Nonnull payload, int64_t length,
    csimdjson_time_reader _Nonnull time_reader, void *_Nonnull time_context);

/// Parses a payload and looks at nothing in it: what any reader of JSON pays before the first value. Non-zero if it is
/// JSON. For benchmarks.
int csimdjson_parse_only(csimdjson_decoder *_Nonnull decoder, const uint8_t *_Nonnull payload, int64_t length);

#ifdef __cplusplus
}
#endif
