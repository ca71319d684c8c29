#pragma once

#include <cstdlib>

#include "CSimdjson.h"

/// An array of plain structs that keeps its memory from message to message and doubles it when full.
template <typename Element>
class FlatArray {
public:
    FlatArray() noexcept = default;
    FlatArray(const FlatArray &) = delete;
    FlatArray &operator=(const FlatArray &) = delete;
    ~FlatArray() { std::free(elements); }

    void clear() noexcept { count = 0; }

    /// A place at the end, or nullptr when there is no memory. The element's bytes are whatever was there.
    Element *append() noexcept {
        if (count == capacity && !grow()) { return nullptr; }
        return elements + count++;
    }

    const Element *data() const noexcept { return elements; }
    int64_t size() const noexcept { return count; }

private:
    bool grow() noexcept {
        const int64_t wanted = capacity == 0 ? 256 : capacity * 2;
        void *grown = std::realloc(elements, static_cast<size_t>(wanted) * sizeof(Element));
        if (grown == nullptr) { return false; }
        elements = static_cast<Element *>(grown);
        capacity = wanted;
        return true;
    }

    Element *elements = nullptr;
    int64_t count = 0;
    int64_t capacity = 0;
};

/// What a payload of any dialect becomes.
struct SampleBuffer {
    FlatArray<csimdjson_record> records;
    FlatArray<csimdjson_value> values;

    void clear() noexcept {
        records.clear();
        values.clear();
    }
};
