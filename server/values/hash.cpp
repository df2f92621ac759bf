// Searching, setting, and becoming large.
#include "server/values/hash.hpp"

#include "server/values/table_definitions.hpp"

#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>

namespace mini_redis::values {

template class Table<Field>;

Field* Field::create(std::string_view field, std::string_view value)
{
    if (std::max(field.size(), value.size()) > std::numeric_limits<std::uint32_t>::max())
        throw std::bad_alloc();
    void* memory = std::malloc(sizeof(Field) + field.size() + value.size());
    if (!memory) throw std::bad_alloc();
    auto* made = new (memory)
        Field(static_cast<std::uint32_t>(field.size()), static_cast<std::uint32_t>(value.size()));
    char* bytes = reinterpret_cast<char*>(made + 1);
    std::memcpy(bytes, field.data(), field.size());
    std::memcpy(bytes + field.size(), value.data(), value.size());
    return made;
}

void Field::destroy(Field* field) noexcept
{
    std::free(field);
}

std::optional<Element> Hash::get(std::string_view field) const
{
    if (!packed()) {
        const Field* found = large_->find(field);
        return found ? std::optional(Element(found->value())) : std::nullopt;
    }
    const auto place = pack_.find(element_of(field), pack_.begin(), 2);
    if (place == pack_.end()) return std::nullopt;
    return pack_[pack_.next(place)];
}

bool Hash::set(std::string_view field, std::string_view value, const Limits& limits)
{
    expect(field, limits);
    expect(value, limits);
    if (packed()) {
        const auto place = pack_.find(element_of(field), pack_.begin(), 2);
        const bool fits = pack_.fits(field.size() + value.size());
        if (place != pack_.end() && fits) {
            pack_.replace(pack_.next(place), element_of(value));
            return false;
        }
        if (place == pack_.end() && fits && size() < limits.fields) {
            pack_.append({element_of(field), element_of(value)});
            return true;
        }
        spread();
    }
    return large_->put(Owned<Field>(Field::create(field, value)));
}

bool Hash::erase(std::string_view field)
{
    if (!packed()) return large_->take(field) != nullptr;
    const auto place = pack_.find(element_of(field), pack_.begin(), 2);
    if (place == pack_.end()) return false;
    pack_.erase(place, 2);
    return true;
}

void Hash::expect(std::string_view text, const Limits& limits)
{
    if (packed() && text.size() > limits.bytes) spread();
}

void Hash::fit(const Limits& limits)
{
    if (packed() && size() > limits.fields) spread();
}

void Hash::spread()
{
    TwoForms::spread([](Members<Field>& large, const Element& field, const Element& value) {
        Element::Scratch field_text;
        Element::Scratch value_text;
        large.put(Owned<Field>(Field::create(field.text(field_text), value.text(value_text))));
    });
}

}  // namespace mini_redis::values
