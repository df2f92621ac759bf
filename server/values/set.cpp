// Searching, adding, and becoming large.
#include "server/values/set.hpp"

#include "server/values/table_definitions.hpp"

#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>

namespace mini_redis::values {

template class Table<Member>;

Member* Member::create(std::string_view text)
{
    void* memory = text.size() <= std::numeric_limits<std::uint32_t>::max()
                       ? std::malloc(sizeof(Member) + text.size())
                       : nullptr;
    if (!memory) throw std::bad_alloc();
    auto* made = new (memory) Member(static_cast<std::uint32_t>(text.size()));
    std::memcpy(made + 1, text.data(), text.size());
    return made;
}

void Member::destroy(Member* member) noexcept
{
    std::free(member);
}

Set Set::copy() const
{
    Set twin;
    if (packed()) {
        twin.integers_ = integers_.copy();
        return twin;
    }
    twin.table_ = std::make_unique<Members<Member>>();
    table_->each([&](const Member& member) {
        twin.table_->put(Owned<Member>(Member::create(member.key())));
    });
    return twin;
}

Held Set::release()
{
    if (packed()) return {integers_.release(), true};
    return {table_.release(), false};
}

Set Set::adopt(Held held)
{
    Set set;
    if (held.packed)
        set.integers_ = Intset::adopt(static_cast<char*>(held.word));
    else
        set.table_.reset(static_cast<Members<Member>*>(held.word));
    return set;
}

bool Set::contains(std::string_view text) const
{
    if (!packed()) return table_->find(text) != nullptr;
    const Element element = element_of(text);
    return element.is_integer() && integers_.contains(element.integer());
}

bool Set::add(std::string_view text, const Limits& limits)
{
    if (packed()) {
        const Element element = element_of(text);
        if (element.is_integer()) {
            if (integers_.contains(element.integer())) return false;
            if (size() < limits.integers) return integers_.insert(element.integer());
        }
        spread();
    }
    return table_->add(text, [&] { return Owned<Member>(Member::create(text)); });
}

bool Set::erase(std::string_view text)
{
    if (!packed()) return table_->take(text) != nullptr;
    const Element element = element_of(text);
    return element.is_integer() && integers_.erase(element.integer());
}

void Set::spread()
{
    auto table = std::make_unique<Members<Member>>();
    each([&](const Element& member) {
        Element::Scratch scratch;
        table->put(Owned<Member>(Member::create(member.text(scratch))));
    });
    table_ = std::move(table);
    const Intset let_go = std::move(integers_);
}

}  // namespace mini_redis::values
