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

bool Set::contains(std::string_view text) const
{
    if (!packed()) return large_->find(text) != nullptr;
    const Element element = element_of(text);
    return element.is_integer() && pack_.contains(element.integer());
}

bool Set::add(std::string_view text, const Limits& limits)
{
    if (packed()) {
        const Element element = element_of(text);
        if (element.is_integer()) {
            if (pack_.contains(element.integer())) return false;
            if (size() < limits.integers) return pack_.insert(element.integer());
        }
        spread();
    }
    return large_->add(text, [&] { return Owned<Member>(Member::create(text)); });
}

bool Set::erase(std::string_view text)
{
    if (!packed()) return large_->take(text) != nullptr;
    const Element element = element_of(text);
    return element.is_integer() && pack_.erase(element.integer());
}

void Set::fit(const Limits& limits)
{
    if (packed() && size() > limits.integers) spread();
}

void Set::spread()
{
    TwoForms::spread([](Members<Member>& large, const Element& member) {
        Element::Scratch scratch;
        large.put(Owned<Member>(Member::create(member.text(scratch))));
    });
}

}  // namespace mini_redis::values
