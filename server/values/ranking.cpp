// Changing the table and the tree together.
#include "server/values/ranking.hpp"

#include "server/values/table_definitions.hpp"

#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>

namespace mini_redis::values {

template class Table<ScoredMember>;

ScoredMember* ScoredMember::create(std::string_view text, double score)
{
    void* memory = text.size() <= std::numeric_limits<std::uint32_t>::max()
                       ? std::malloc(sizeof(ScoredMember) + text.size())
                       : nullptr;
    if (!memory) throw std::bad_alloc();
    auto* made = new (memory) ScoredMember(static_cast<std::uint32_t>(text.size()), score);
    std::memcpy(made + 1, text.data(), text.size());
    return made;
}

void ScoredMember::destroy(ScoredMember* member) noexcept
{
    std::free(member);
}

std::unique_ptr<Ranking> Ranking::copy() const
{
    auto copied = std::make_unique<Ranking>();
    each([&](const ScoreTree::Item& item) { copied->set(item.text(), item.score()); });
    return copied;
}

bool Ranking::set(std::string_view text, double score)
{
    // A member that moves is for a moment at both places.
    if (ScoredMember* member = members_.find(text)) {
        const double before = member->score();
        if (before == score) return false;
        tree_.insert({score, *member});
        tree_.erase({before, *member});
        member->set_score(score);
        return false;
    }
    Owned<ScoredMember> member(ScoredMember::create(text, score));
    members_.make_room();
    tree_.insert({score, *member});
    members_.put(std::move(member));
    return true;
}

bool Ranking::erase(std::string_view text)
{
    const ScoredMember* member = members_.find(text);
    if (member) remove({member->score(), *member});
    return member != nullptr;
}

void Ranking::erase_at(std::size_t rank)
{
    remove(tree_[rank]);
}

void Ranking::remove(const ScoreTree::Item& item)
{
    const std::string_view text = item.text();
    tree_.erase(item);
    members_.take(text);
}

}  // namespace mini_redis::values
