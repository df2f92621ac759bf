// The letters, in both directions.
#include "server/config/event_classes.hpp"

namespace mini_redis::config {
namespace {

constexpr std::string_view letters = "g$lshzxetdnKEm";  // in the order of EventClass
constexpr std::uint32_t all = 0b11'1111'1111;           // the first ten: what A stands for

}  // namespace

bool EventClasses::any() const
{
    constexpr std::uint32_t channels =
        bit(EventClass::to_key_channel) | bit(EventClass::to_event_channel);
    return (bits() & channels) != 0 && (bits() & ~channels) != 0;
}

// As Redis prints it: beside A there is no n, though the class is on.
std::string EventClasses::text() const
{
    const std::uint32_t chosen = bits();
    const bool has_all = (chosen & all) == all;
    std::string text = has_all ? "A" : "";
    const auto first =
        static_cast<std::size_t>(has_all ? EventClass::to_key_channel : EventClass::generic);
    for (std::size_t i = first; i < letters.size(); ++i)
        if ((chosen >> i & 1) != 0) text += letters[i];
    return text;
}

Error EventClasses::store(const Arguments& arguments)
{
    std::uint32_t chosen = 0;
    for (const char letter : arguments[0]) {
        const std::size_t index = letters.find(letter);
        if (letter == 'A')
            chosen |= all;
        else if (index != std::string_view::npos)
            chosen |= std::uint32_t{1} << index;
        else
            return "Invalid event class character. Use 'Ag$lshzxeKEtmdn'.";
    }
    bits_.store(chosen, std::memory_order_relaxed);
    return {};
}

}  // namespace mini_redis::config
