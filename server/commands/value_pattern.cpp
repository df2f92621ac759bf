// Reading a pattern, and looking up what it means.
#include "server/commands/value_pattern.hpp"

#include "server/commands/hashes.hpp"

namespace mini_redis::commands {

ValuePattern::ValuePattern(std::string_view text) : text_(text)
{
    constexpr std::string_view arrow = "->";
    const std::string_view searched = text.substr(0, text.find('\0'));
    itself_ = searched == "#";
    star_ = searched.find('*');
    if (star_ == std::string_view::npos) return;
    const std::size_t at = searched.find(arrow, star_ + 1);
    if (at == std::string_view::npos || at + arrow.size() == searched.size()) return;
    field_ = text.substr(at + arrow.size());
    text_ = text.substr(0, at);
}

std::optional<std::string> ValuePattern::value_for(Context& context, std::string_view element) const
{
    if (itself_) return std::string(element);
    if (!varies()) return std::nullopt;
    std::string name(text_.substr(0, star_));
    name.append(element).append(text_.substr(star_ + 1));
    const Entry* entry = context.data.read(Key(name));
    if (!entry || entry->type() != (field_ ? Type::hash : Type::string)) return std::nullopt;
    if (!field_) {
        char scratch[24];
        return std::string(entry->text(scratch));
    }
    const Borrowed<Hash> hash(*entry);
    const std::optional<Element> value = hash->get(*field_);
    if (!value) return std::nullopt;
    Element::Scratch scratch;
    return std::string(value->text(scratch));
}

}  // namespace mini_redis::commands
