// Writes what values consist of (rdb.hpp). It knows none of them.
#pragma once

#include "server/values/rdb.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mini_redis::values {

class RdbWriter {
public:
    void type(RdbType type) { byte(static_cast<std::uint8_t>(type)); }
    void length(std::uint64_t length);
    // In the shortest form: as an integer, compressed, or as it is.
    void text(std::string_view text);
    // Eight bytes, little-endian: a time, or a score's bits.
    void number(std::uint64_t number);
    void raw(std::string_view bytes) { bytes_.append(bytes); }

    std::string take() { return std::move(bytes_); }

private:
    void byte(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
    bool integer(std::string_view text);
    bool compressed(std::string_view text);

    std::string bytes_;
};

}  // namespace mini_redis::values
