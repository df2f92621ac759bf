// A part of a sorted set as a request says it: by rank, by score or by text.
//
//   rank  = integer                        from 0, or negative from the end
//   score = [ "(" ] number                 as strtod reads it, an empty one is 0
//   text  = "[" *byte | "(" *byte | "-" | "+"
//
// Both ends belong to it but for those behind a parenthesis; - and + are the beginning and the end.
#pragma once

#include "server/commands/sorted_sets.hpp"

#include <variant>

namespace mini_redis::commands {

class RankRange {
public:
    bool read(Word first, Word last, Arguments& in)
    {
        return dispatch::convert(first, first_, in) && dispatch::convert(last, last_, in);
    }
    // Counted in the order that is wanted.
    SortedSet::Ranks within(const SortedSet& set, Order order) const;

private:
    std::int64_t first_ = 0;
    std::int64_t last_ = 0;
};

class ScoreRange {
public:
    bool read(Word min, Word max, Arguments& in);

    bool too_low(const auto& item) const
    {
        return min_.open ? item.score() <= min_.score : item.score() < min_.score;
    }
    bool too_high(const auto& item) const
    {
        return max_.open ? item.score() >= max_.score : item.score() > max_.score;
    }

private:
    struct End {
        double score = 0;
        bool open = false;
    };
    static std::optional<End> end(Word word);

    End min_;
    End max_;
};

class TextRange {
public:
    bool read(Word min, Word max, Arguments& in);

    bool too_low(const auto& item) const
    {
        return !min_.text  ? min_.at_end
               : min_.open ? item.text() <= *min_.text
                           : item.text() < *min_.text;
    }
    bool too_high(const auto& item) const
    {
        return !max_.text  ? !max_.at_end
               : max_.open ? item.text() >= *max_.text
                           : item.text() > *max_.text;
    }

private:
    struct End {
        std::optional<std::string_view> text;
        bool open = false;
        bool at_end = false;  // where there is no text: the end, not the beginning
    };
    static std::optional<End> end(Word word);

    End min_;
    End max_;
};

class MemberRange {
public:
    enum class By : std::uint8_t { rank, score, text };

    // False, and an error written, if it is none.
    bool read(By by, Word min, Word max, Writer& reply);

    // Those it has, without so many that come first.
    SortedSet::Ranks within(const SortedSet& set, Order order = Order::ascending,
                            std::size_t passed = 0) const;

private:
    std::variant<RankRange, ScoreRange, TextRange> range_;
};

}  // namespace mini_redis::commands
