// Strings: their length and their parts.
#include "server/commands/strings.hpp"

#include <cstring>

namespace mini_redis::commands {
namespace {

struct Append {
    Key key;
    std::string_view value;

    static constexpr Spec spec{
        .name = "APPEND",
        .summary = "Adds text at the end of a string; a key that is not there is an empty string.",
        .since = "2.0.0",
        .complexity = "O(1) per byte appended: a string that grows is given as much room again",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Append::key, Use::rw | Use::insert), arg("value", &Append::value));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!entry) {
            context.data.set(key, value, Ttl::drop, Event::append);
            return reply.integer(static_cast<std::int64_t>(value.size()));
        }
        if (!must_be_string(entry, reply)) return;
        const std::size_t size = entry->text_size();
        if (!must_fit(size, value.size(), context, reply)) return;
        const std::span<char> text = context.data.edit(key, size + value.size());
        std::ranges::copy(value, text.begin() + static_cast<std::ptrdiff_t>(size));
        context.data.report(Event::append, key);
        reply.integer(static_cast<std::int64_t>(text.size()));
    }
};

struct Setrange {
    Key key;
    std::int64_t offset = 0;
    std::string_view value;

    static constexpr Spec spec{
        .name = "SETRANGE",
        .summary = "Overwrites a part of a string; what lies between its end and the part is zero.",
        .since = "2.2.0",
        .complexity = "O(M), M being the length of the part, and of the gap before it",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Setrange::key, Use::rw | Use::update),
                 arg("offset", &Setrange::offset), arg("value", &Setrange::value));

    void run(Context& context, Writer& reply) const
    {
        if (offset < 0) return reply.error("ERR offset is out of range");
        const Entry* entry = context.data.find(key);
        if (!must_be_string(entry, reply)) return;
        if (value.empty())
            return reply.integer(entry ? static_cast<std::int64_t>(entry->text_size()) : 0);
        const auto begin = static_cast<std::uint64_t>(offset);
        if (!must_fit(begin, value.size(), context, reply)) return;
        const std::span<char> text = context.data.edit(key, begin + value.size());
        std::ranges::copy(value, text.begin() + offset);
        context.data.report(Event::setrange, key);
        reply.integer(static_cast<std::int64_t>(text.size()));
    }
};

struct Getrange {
    Key key;
    std::int64_t start = 0;
    std::int64_t end = 0;

    static constexpr Spec spec{
        .name = "GETRANGE",
        .summary = "Returns a part of a string; negative positions count from its end.",
        .since = "2.4.0",
        .complexity = "O(N), N being the length of the part",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Getrange::key, Use::ro | Use::access),
                 arg("start", &Getrange::start), arg("end", &Getrange::end));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be_string(entry, reply)) return;
        char scratch[24];
        const std::string_view text = entry ? entry->text(scratch) : std::string_view();
        const Range asked{start, end};
        const Range part = asked.within(static_cast<std::int64_t>(text.size()));
        if (asked.backwards() || part.empty()) return reply.bulk("");
        reply.bulk(text.substr(static_cast<std::size_t>(part.first),
                               static_cast<std::size_t>(part.last - part.first + 1)));
    }
};

struct Substr : Getrange {
    static constexpr Spec spec{
        .name = "SUBSTR",
        .summary = "Returns a part of a string: the old name of GETRANGE.",
        .since = "1.0.0",
        .complexity = "O(N), N being the length of the part",
        .flags = Flag::readonly,
        .deprecated_since = "2.0.0",
        .replaced_by = "`GETRANGE`",
    };
};

struct Strlen {
    Key key;

    static constexpr Spec spec{
        .name = "STRLEN",
        .summary = "Returns the length of a string in bytes.",
        .since = "2.2.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Strlen::key, Use::ro));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be_string(entry, reply)) return;
        reply.integer(entry ? static_cast<std::int64_t>(entry->text_size()) : 0);
    }
};

}  // namespace

constexpr auto string_part_commands =
    dispatch::commands<Append, Getrange, Setrange, Strlen, Substr>;
const dispatch::Family string_parts{"string", Category::string, string_part_commands};

}  // namespace mini_redis::commands
