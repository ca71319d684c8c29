#pragma once

#include <simdjson.h>

#include "SampleBuffer.hpp"

/// Behind the opaque handle: the parser with its memory, and what the last message became.
struct csimdjson_decoder {
    simdjson::dom::parser parser;
    simdjson::dom::document document;
    SampleBuffer samples;
    /// A payload rewritten because it holds numbers wider than 64 bits; stays empty at sources that send none.
    FlatArray<uint8_t> widened;
    csimdjson_outcome outcome;

    /// Parses into the document, whose strings live until the next call. On failure the outcome says why.
    bool parse(const uint8_t *payload, int64_t length, simdjson::dom::element &root) noexcept;

    /// Makes the outcome a fault, and nothing of the message is left to be used. Always false.
    bool refuse(csimdjson_fault fault, csimdjson_found found = CSIMDJSON_FOUND_NOTHING) noexcept;

private:
    simdjson::error_code parse_once(
        const uint8_t *payload, size_t length, simdjson::dom::element &root) noexcept;
    bool widen(const uint8_t *payload, size_t length) noexcept;
};
