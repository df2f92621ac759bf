// Sets: members by chance.
#include "server/commands/draw.hpp"
#include "server/commands/sets.hpp"

#include <string>

namespace mini_redis::commands {
namespace {

struct Srandmember {
    Key key;
    std::optional<DrawCount> count;

    static constexpr Spec spec{
        .name = "SRANDMEMBER",
        .summary = "Draws members of a set by chance.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of members drawn",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Srandmember::key, Use::ro | Use::access),
                 optional_last(arg("count", &Srandmember::count).since("2.6.0")));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::set, entry, reply)) return;
        if (!entry) return count ? reply.array(0) : reply.null();
        const Borrowed<Set> set(*entry);
        const auto write = [&](const Element& member) { reply_with(member, reply); };
        if (!count) return set->draw([&] { return context.data.local().chance(); }, write);
        const auto mark = reply.later();
        std::size_t replied = 0;
        draw_several(context, *set, *count, [&](const Element& member) {
            write(member);
            ++replied;
        });
        reply.array_at(mark, replied);
    }
};

struct Spop {
    Key key;
    std::optional<Amount> count;

    static constexpr Spec spec{
        .name = "SPOP",
        .summary = "Draws members of a set by chance and removes them.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of members drawn",
        .flags = Flag::write | Flag::fast,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Spop::key, Use::rw | Use::access | Use::del),
                 optional_last(arg("count", &Spop::count).since("3.2.0")));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::set, entry, reply)) return;
        if (!entry) return count ? reply.set(0) : reply.null();
        if (count && count->value == 0) return reply.set(0);
        Edited<Set> set(context.data, key, entry);
        const std::size_t size = set->size();
        const std::size_t popped = std::min(count.value_or(Amount{1}).value, size);
        if (count) reply.set(popped);
        if (popped == size) {
            set->each([&](const Element& member) { reply_with(member, reply); });
            *set = Set();
        } else {
            for (std::size_t i = 0; i < popped; ++i) pop(context, *set, reply);
        }
        context.data.report(Event::spop, key, popped);
    }

private:
    static void pop(Context& context, Set& set, Writer& reply)
    {
        std::string drawn;
        set.draw([&] { return context.data.local().chance(); },
                 [&](const Element& member) {
                     reply_with(member, reply);
                     Element::Scratch scratch;
                     drawn = member.text(scratch);
                 });
        set.erase(drawn);
    }
};

}  // namespace

constexpr auto set_draw_commands = dispatch::commands<Spop, Srandmember>;
const dispatch::Family set_draws{"set", Category::set, set_draw_commands};

}  // namespace mini_redis::commands
