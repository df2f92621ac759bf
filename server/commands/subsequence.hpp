// The longest common subsequence of two texts, 64 cells of its table at a time.
//
// The table says for every beginning of `a` (a row) and of `b` (a column) how long the longest is.
// Along a row it grows by one or stays: one bit a cell. With these a row follows from the one
// before by an addition, whose carries are the comparisons (Hyyro, "Bit-parallel LCS-length
// computation revisited", 2004). Walking back through the kept rows takes Redis' choices: where
// several subsequences are longest, it is the same one.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace mini_redis::commands {

class Subsequence {
public:
    enum class Keep : bool { length, all };

    // The texts must outlive it. Takes a bit for each pair of their bytes if all is kept.
    Subsequence(std::string_view a, std::string_view b, Keep keep);

    std::size_t length() const;

    // What stands together in both texts, from their ends to their beginnings.
    struct Match {
        std::size_t a;
        std::size_t b;
        std::size_t length;
    };
    // If all was kept.
    std::vector<Match> matches() const;

private:
    using Word = std::uint64_t;

    std::string_view a_;
    std::string_view b_;
    std::size_t row_words_;
    std::vector<Word> rows_;  // a clear bit is a step up; all rows, or the last
};

}  // namespace mini_redis::commands
