// Reads what values consist of (rdb.hpp), whoever wrote it: nothing is believed.
//
// A failure lasts: from then on there are only zeros and empty texts, so that who reads may look
// at ok() once. Nothing is read behind the end, and no memory is taken that the bytes that are
// there could not fill.
#pragma once

#include "server/values/rdb.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mini_redis::values {

class RdbReader {
public:
    explicit RdbReader(std::string_view bytes) : left_(bytes) {}

    bool ok() const { return ok_; }
    RdbType type() { return RdbType{byte()}; }
    std::uint64_t length();
    // Where it lies among the bytes, or else put into `scratch`. Throws std::bad_alloc.
    std::string_view text(std::string& scratch);
    // Eight bytes, little-endian.
    std::uint64_t number();
    // A score as versions before 4 wrote it: its text behind one byte for the length, or a byte for
    // what has none.
    double score_as_text();
    // So many bytes; none if there are fewer.
    std::string_view raw(std::uint64_t size);

private:
    std::uint64_t fail() { return ok_ = false, left_ = {}, 0; }
    std::uint8_t byte() { return static_cast<std::uint8_t>(big_endian(1)); }
    std::uint64_t big_endian(std::size_t bytes);
    std::uint64_t little_endian(std::size_t bytes);
    std::uint64_t length_from(std::uint8_t first);
    std::string_view integer(std::size_t bytes, std::string& scratch);
    std::string_view decompressed(std::string& scratch);

    std::string_view left_;
    bool ok_ = true;
};

}  // namespace mini_redis::values
