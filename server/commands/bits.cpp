// Strings as bitmaps: single bits, and all of them at once.
#include "server/commands/bitmap.hpp"
#include "server/commands/strings.hpp"

#include <array>
#include <string>
#include <vector>

namespace mini_redis::commands {
namespace {

// An offset in bits, as far as a string may reach; nothing, and an error written, otherwise.
std::optional<std::uint64_t> read_offset(Word word, Context& context, Writer& reply)
{
    const auto offset = protocol::parse_integer(word);
    const std::uint64_t max = context.services.config.proto_max_bulk_len.get();
    if (offset && *offset >= 0 && static_cast<std::uint64_t>(*offset) / 8 < max)
        return static_cast<std::uint64_t>(*offset);
    reply.error("ERR bit offset is not an integer or out of range");
    return std::nullopt;
}

bool bit_at(std::string_view text, std::uint64_t offset)
{
    return offset / 8 < text.size() && (text[offset / 8] >> (7 - offset % 8) & 1) != 0;
}

struct Getbit {
    Key key;
    std::string_view offset;

    static constexpr Spec spec{
        .name = "GETBIT",
        .summary = "Returns a bit of a string; beyond its end all are clear.",
        .since = "2.2.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Getbit::key, Use::ro | Use::access),
                 arg("offset", &Getbit::offset).of_type(ArgumentType::integer));

    void run(Context& context, Writer& reply) const
    {
        const auto at = read_offset(offset, context, reply);
        if (!at) return;
        const Entry* entry = context.data.read(key);
        if (!must_be_string(entry, reply)) return;
        char scratch[24];
        reply.integer(entry && bit_at(entry->text(scratch), *at) ? 1 : 0);
    }
};

struct Setbit {
    Key key;
    std::string_view offset;
    std::string_view value;

    static constexpr Spec spec{
        .name = "SETBIT",
        .summary = "Sets or clears a bit of a string, which grows as needed; returns the old bit.",
        .since = "2.2.0",
        .complexity = "O(1), and O(N) where the string grows, N being by how much",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Setbit::key, Use::rw | Use::access | Use::update),
                 arg("offset", &Setbit::offset).of_type(ArgumentType::integer),
                 arg("value", &Setbit::value).of_type(ArgumentType::integer));

    void run(Context& context, Writer& reply) const
    {
        const auto at = read_offset(offset, context, reply);
        if (!at) return;
        if (value != "0" && value != "1")
            return reply.error("ERR bit is not an integer or out of range");
        const Entry* entry = context.data.find(key);
        if (!must_be_string(entry, reply)) return;
        const bool grows = !entry || entry->text_size() <= *at / 8;
        const std::span<char> text = context.data.edit(key, *at / 8 + 1);
        const bool before = bit_at({text.data(), text.size()}, *at);
        const bool after = value == "1";
        if (grows || before != after) {
            text[*at / 8] = static_cast<char>(text[*at / 8] ^ (before != after) << (7 - *at % 8));
            context.data.report(Event::setbit, key);
        }
        reply.integer(before ? 1 : 0);
    }
};

// False, and an error written, if the word is no number.
bool read(Word word, std::int64_t& number, Writer& reply)
{
    const auto parsed = protocol::parse_integer(word);
    if (!parsed) return reply.error(errors::not_an_integer), false;
    return number = *parsed, true;
}

// What a range counts.
struct Unit {
    bool bit = false;

    static constexpr auto syntax =
        one_of("index_unit", token("BYTE", &Unit::bit, false), token("BIT", &Unit::bit))
            .since("7.0.0");

    // Reads the word, if there is one.
    bool read(Words words)
    {
        Arguments in(words, 0, {});
        return in.done() || dispatch::parse_one(syntax, *this, in);
    }
};

constexpr auto start_argument = word("start", ArgumentType::integer);
constexpr auto end_argument = word("end", ArgumentType::integer);

// In bits, of a range in the given unit that may count from the end.
Range bits_within(Range asked, Unit unit, std::string_view text)
{
    const auto bytes = static_cast<std::int64_t>(text.size());
    if (unit.bit) return asked.within(bytes * 8);
    const Range part = asked.within(bytes);
    if (part.empty()) return part;
    return {part.first * 8, part.last * 8 + 7};
}

struct Bitcount {
    Key key;
    Words range;

    static constexpr Spec spec{
        .name = "BITCOUNT",
        .summary = "Counts the bits that are set in a string or a part of it.",
        .since = "2.6.0",
        .complexity = "O(N), N being the length of the part",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Bitcount::key, Use::ro | Use::access),
        unread(&Bitcount::range,
               optional(block("index", start_argument, end_argument, optional(Unit::syntax)))));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!entry) return reply.integer(0);
        if (!must_be_string(entry, reply)) return;
        char scratch[24];
        const std::string_view text = entry->text(scratch);
        Range asked{0, -1};
        Unit unit;
        if (!range.empty()) {
            if (range.size() != 2 && range.size() != 3) return reply.error(errors::syntax);
            if (!read(range[0], asked.first, reply) || !read(range[1], asked.last, reply)) return;
            if (asked.backwards()) return reply.integer(0);
            if (!unit.read(range.subspan(2))) return reply.error(errors::syntax);
        }
        const Range part = bits_within(asked, unit, text);
        reply.integer(part.empty() ? 0 : count_bits(text, part.first, part.last));
    }
};

struct Bitpos {
    Key key;
    std::int64_t bit = 0;
    Words range;

    static constexpr Spec spec{
        .name = "BITPOS",
        .summary = "Finds the first bit that is set, or clear, in a string or a part of it.",
        .since = "2.8.7",
        .complexity = "O(N), N being the length of the part",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Bitpos::key, Use::ro | Use::access), arg("bit", &Bitpos::bit),
                 unread(&Bitpos::range, optional(block("index", start_argument,
                                                       optional(block("end_index", end_argument,
                                                                      optional(Unit::syntax)))))));

    void run(Context& context, Writer& reply) const
    {
        if (bit != 0 && bit != 1) return reply.error("ERR The bit argument must be 1 or 0.");
        const Entry* entry = context.data.read(key);
        if (!entry) return reply.integer(bit == 1 ? -1 : 0);
        if (!must_be_string(entry, reply)) return;
        char scratch[24];
        const std::string_view text = entry->text(scratch);
        if (range.size() > 3) return reply.error(errors::syntax);
        Range asked{0, -1};
        if (!range.empty() && !read(range[0], asked.first, reply)) return;
        Unit unit;
        if (range.size() == 3 && !unit.read(range.subspan(2))) return reply.error(errors::syntax);
        if (range.size() > 1 && !read(range[1], asked.last, reply)) return;

        const Range part = bits_within(asked, unit, text);
        if (part.empty()) return reply.integer(-1);
        const std::int64_t found = find_bit(text, bit == 1, part.first, part.last);
        // Whoever names no end may think of the string as followed by zeros.
        const bool beyond = found == -1 && bit == 0 && range.size() < 2;
        reply.integer(beyond ? part.last + 1 : found);
    }
};

struct Bitop {
    std::string_view operation;
    Key target;
    Keys keys;

    static constexpr Spec spec{
        .name = "BITOP",
        .summary = "Stores the bitwise AND, OR, XOR or NOT of strings at a key.",
        .since = "2.6.0",
        .complexity = "O(N), N being the length of all strings together",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(arg("operation", &Bitop::operation),
                 key_arg("destkey", &Bitop::target, Use::ow | Use::update),
                 keys_arg("key", &Bitop::keys, Use::ro | Use::access));

    std::optional<BitOperation> named_operation() const
    {
        constexpr std::array<std::string_view, 4> names{"AND", "OR", "XOR", "NOT"};
        const auto found = std::ranges::find_if(names, [this](std::string_view name) {
            return protocol::equal_ignoring_case(name, operation);
        });
        if (found == names.end()) return std::nullopt;
        return static_cast<BitOperation>(found - names.begin());
    }

    void run(Context& context, Writer& reply) const
    {
        const auto named = named_operation();
        if (!named) return reply.error(errors::syntax);
        if (named == BitOperation::bit_not && keys.size() != 1)
            return reply.error("ERR BITOP NOT must be called with a single source key.");

        struct Scratch {
            char digits[24];
        };
        std::vector<std::string_view> sources(keys.size());
        std::vector<Scratch> scratch(keys.size());
        std::string before;  // the target's, if it is a source too
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const Entry* entry = context.data.read(keys[i]);
            if (!must_be_string(entry, reply)) return;
            if (entry) sources[i] = entry->text(scratch[i].digits);
            if (keys[i] == target) sources[i] = before = sources[i];
        }
        const std::size_t size = std::ranges::max(sources, {}, &std::string_view::size).size();
        if (size == 0) {
            context.data.remove(target);
        } else {
            combine_bits(*named, sources, context.data.create_raw(target, size));
            context.data.report(Event::set, target);
        }
        reply.integer(static_cast<std::int64_t>(size));
    }
};

}  // namespace

constexpr auto bit_commands = dispatch::commands<Bitcount, Bitop, Bitpos, Getbit, Setbit>;
const dispatch::Family bits{"bitmap", Category::bitmap, bit_commands};

}  // namespace mini_redis::commands
