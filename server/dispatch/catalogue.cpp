// Entering commands, and finding one in a few nanoseconds.
#include "server/dispatch/catalogue.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace mini_redis::dispatch {
namespace {

// Names are short and known: eight bytes from each end, in lower case, and the length tell all of
// them apart often enough. What two names share is settled by comparing them.
std::uint64_t hash_name(Word name)
{
    constexpr std::uint64_t lower = 0x2020202020202020;
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    if (name.size() >= 8) {
        std::memcpy(&head, name.data(), 8);
        std::memcpy(&tail, name.data() + name.size() - 8, 8);
    } else {
        for (const char c : name) head = head << 8 | static_cast<unsigned char>(c);
    }
    const std::uint64_t mixed =
        ((head | lower) + (tail | lower) * 3 + name.size()) * 0x9e3779b97f4a7c15;
    return mixed ^ mixed >> 32;
}

Categories implied(Flags flags)
{
    Categories all = flags.has(Flag::fast) ? Category::fast : Category::slow;
    if (flags.has(Flag::write)) all = all | Category::write;
    if (flags.has(Flag::readonly)) all = all | Category::read;
    if (flags.has(Flag::admin)) all = all | Category::admin | Category::dangerous;
    if (flags.has(Flag::pubsub)) all = all | Category::pubsub;
    if (flags.has(Flag::blocking)) all = all | Category::blocking;
    return all;
}

}  // namespace

Catalogue::Catalogue() : slots_(1024) {}

void Catalogue::add(const Family& family)
{
    for (const Command& command : family.commands) {
        std::string name(command.spec->name);
        std::ranges::transform(name, name.begin(), protocol::to_lower);
        auto& listed = const_cast<Listed&>(enter(command, family, name));
        commands_.push_back(&listed);
        index(listed);
        for (const Command& sub : command.subcommands) {
            std::string full(sub.spec->name);
            std::ranges::transform(full, full.begin(), protocol::to_lower);
            listed.subcommands.push_back(&enter(sub, family, name + "|" + full));
        }
    }
}

const Listed& Catalogue::enter(const Command& command, const Family& family, std::string name)
{
    const Spec& spec = *command.spec;
    const auto id = static_cast<unsigned>(all_.size());
    const auto& keys = command.key_specs;
    const bool plain =
        keys.size() == 1 && keys[0].last == 0 && keys[0].is_key() && !keys[0].movable();
    const bool movable = std::ranges::any_of(keys, &KeySpec::movable);
    all_.push_back({.command = &command,
                    .name = std::move(name),
                    .group = family.group,
                    .flags = spec.flags | (movable ? Flag::movable_keys : Flags{}),
                    .categories = spec.categories | implied(spec.flags) |
                                  (command.execute ? family.categories : Categories{}),
                    .id = id,
                    .subcommands = {},
                    .one_plain_key = plain});
    return all_.back();
}

void Catalogue::index(const Listed& listed)
{
    std::size_t at = hash_name(listed.name) % slots_.size();
    while (slots_[at].listed) at = (at + 1) % slots_.size();
    slots_[at] = {hash_name(listed.name), &listed};
}

const Listed* Catalogue::find(Word name) const
{
    const std::uint64_t hash = hash_name(name);
    for (std::size_t at = hash & (slots_.size() - 1); slots_[at].listed;
         at = (at + 1) & (slots_.size() - 1))
        if (slots_[at].hash == hash && protocol::equal_ignoring_case(slots_[at].listed->name, name))
            return slots_[at].listed;
    return nullptr;
}

const Listed* Catalogue::find(Words words) const
{
    const Listed* listed = find(words[0]);
    if (!listed || listed->subcommands.empty() || words.size() < 2) return listed;
    for (const Listed* sub : listed->subcommands)
        if (protocol::equal_ignoring_case(sub->spec().name, words[1])) return sub;
    return nullptr;
}

const Listed* Catalogue::find_full(std::string_view name) const
{
    const std::size_t bar = name.find('|');
    if (bar == name.npos) return find(name);
    const std::array words{name.substr(0, bar), name.substr(bar + 1)};
    const Listed* listed = find(Words(words));
    return listed && !listed->spec().container.empty() ? listed : nullptr;
}

}  // namespace mini_redis::dispatch
