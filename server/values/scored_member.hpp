// A member of a large sorted set with its score, in one allocation.
#pragma once

#include "server/values/listpack.hpp"
#include "server/values/members.hpp"
#include "server/values/raw.hpp"

#include <string_view>

namespace mini_redis::values {

class ScoredMember {
public:
    // Throws std::bad_alloc.
    static ScoredMember* create(std::string_view text, double score);
    static void destroy(ScoredMember* member) noexcept;

    std::string_view key() const { return {reinterpret_cast<const char*>(this + 1), size_}; }
    double score() const { return load<double>(score_); }
    void set_score(double score) { store(score_, score); }

    std::size_t weight() const { return sizeof(ScoredMember) + size_; }
    Owned<ScoredMember> twin() const { return Owned<ScoredMember>(create(key(), score())); }
    // visit(member, score)
    template <class Visit>
    bool show(Visit&& visit) const
    {
        return goes_on(visit, Element(key()), score());
    }

private:
    ScoredMember(std::uint32_t size, double score) : size_(size) { set_score(score); }

    std::uint32_t size_;
    char score_[sizeof(double)];  // as bytes, so that the text stands close behind it
};

static_assert(sizeof(ScoredMember) == 12);

extern template class Table<ScoredMember>;

}  // namespace mini_redis::values
