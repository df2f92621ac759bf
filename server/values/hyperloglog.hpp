// A HyperLogLog: about how many different elements were seen, to 0.81 %, in 12 KB at most.
//
//   text      = "HYLL" form:u8 unused:3 count:u64 registers        little-endian
//   form      = 0   dense: 6 bits for each of 16,384 registers, 12,288 bytes
//             | 1   sparse: runs of equal ones (hyperloglog_sparse.hpp)
//   count     = what was last counted; its highest bit says that it is not valid any more
//
// 14 bits of an element's hash choose its register, which keeps the longest row of zeros that the
// rest of such a hash began with: the more different elements, the longer the rows. The text is
// Redis' own, byte for byte, because it is a string like any other, which GET shows and SET takes.
//
// Here is no key and no string value, only the text: a dense one is changed where it lies, a sparse
// one grows and so is changed in a copy.
#pragma once

#include "server/values/hyperloglog_sparse.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mini_redis::values {

Sighting sighting_of(std::string_view element);

// All registers, a byte each: what several come to together.
using Registers = std::array<std::uint8_t, register_count>;
std::uint64_t count_of(const Registers& registers);

// One to look at.
class Hyperloglog {
public:
    // Whether a text begins as one, and is as long as a dense one is. Its runs are not looked at.
    static bool is_one(std::string_view text);

    // `text` is one.
    explicit Hyperloglog(std::string_view text) : text_(text) {}

    bool dense() const;
    std::string_view runs() const;  // of a sparse one

    // What was last counted, while it is valid.
    std::optional<std::uint64_t> known_count() const;
    // Nothing if the runs are corrupt.
    std::optional<std::uint64_t> count() const;
    // Raises each register to this one's. False if the runs are corrupt.
    bool merge_into(Registers& registers) const;

    // A new and empty one, sparse.
    static std::string empty();

private:
    std::string_view text_;
};

// Remembers a count, or that none is valid.
void remember_count(std::span<char> text, std::optional<std::uint64_t> count);

// Raises a register of a dense one. Whether it was lower.
bool raise_dense(std::span<char> text, Sighting sighting);

// Raises a register of any. A sparse one becomes dense where it cannot hold it, or would be longer
// than `sparse_max`. Throws std::bad_alloc and then has changed nothing.
Raised raise(std::string& text, Sighting sighting, std::size_t sparse_max);

// False if the runs are corrupt.
bool make_dense(std::string& text);

}  // namespace mini_redis::values
