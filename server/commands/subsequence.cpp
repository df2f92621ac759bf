// Filling the rows, and walking back through them.
#include "server/commands/subsequence.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace mini_redis::commands {
namespace {

using Word = std::uint64_t;
constexpr std::size_t word_bits = 64;

// For each byte that stands in `a` where it stands in `b`: a bit for each column.
class Columns {
public:
    Columns(std::string_view a, std::string_view b, std::size_t row_words)
    {
        first_.fill(none);
        for (const char c : a) {
            if (first(c) != none) continue;
            first(c) = words_.size();
            words_.resize(words_.size() + row_words);
        }
        for (std::size_t i = 0; i < b.size(); ++i)
            if (first(b[i]) != none)
                words_[first(b[i]) + i / word_bits] |= Word{1} << i % word_bits;
    }

    const Word* of(char c) { return words_.data() + first(c); }

private:
    static constexpr std::size_t none = ~std::size_t{0};

    std::size_t& first(char c) { return first_[static_cast<std::uint8_t>(c)]; }

    std::array<std::size_t, 256> first_;
    std::vector<Word> words_;
};

}  // namespace

Subsequence::Subsequence(std::string_view a, std::string_view b, Keep keep)
    : a_(a), b_(b), row_words_((b.size() + word_bits - 1) / word_bits)
{
    Columns columns(a, b, row_words_);
    rows_.resize((keep == Keep::all ? a.size() + 1 : 1) * row_words_);
    std::fill_n(rows_.begin(), row_words_, ~Word{0});
    const std::size_t step = keep == Keep::all ? row_words_ : 0;
    Word* row = rows_.data();
    for (const char c : a) {
        const Word* before = std::exchange(row, row + step);
        const Word* same = columns.of(c);
        Word carry = 0;
        for (std::size_t i = 0; i < row_words_; ++i) {
            const Word level = before[i];
            Word sum = 0;
            carry = __builtin_add_overflow(level, carry, &sum);
            carry |= Word{__builtin_add_overflow(sum, level & same[i], &sum)};
            row[i] = sum | (level & ~same[i]);
        }
    }
}

// Columns beyond the last never step.
std::size_t Subsequence::length() const
{
    std::size_t length = 0;
    for (std::size_t i = rows_.size() - row_words_; i < rows_.size(); ++i)
        length += static_cast<std::size_t>(std::popcount(~rows_[i]));
    return length;
}

std::vector<Subsequence::Match> Subsequence::matches() const
{
    std::vector<Match> found;
    std::size_t i = a_.size();
    std::size_t j = b_.size();
    while (i != 0 && j != 0) {
        std::size_t length = 0;
        for (; i != 0 && j != 0 && a_[i - 1] == b_[j - 1]; ++length) --i, --j;
        if (length != 0) {
            found.push_back({i, j, length});
            continue;
        }
        // Unequal bytes: if the row steps up here, then so did the one above, and that way leads
        // on.
        const Word word = rows_[i * row_words_ + (j - 1) / word_bits];
        --((word >> (j - 1) % word_bits & 1) == 0 ? i : j);
    }
    return found;
}

}  // namespace mini_redis::commands
