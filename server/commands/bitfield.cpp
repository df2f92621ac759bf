// Strings as arrays of integers of any width: BITFIELD and its reading half.
//
// A request is read twice, word by word as Redis reads it: once to find what is wrong with it and
// how far it writes, and once to do it. So nothing is kept in between.
#include "server/commands/strings.hpp"

namespace mini_redis::commands {
namespace {

using Window = unsigned __int128;

enum class Overflow : std::uint8_t { wrap, sat, fail };

// So many bits from bit `offset` on, of which the first is the highest.
struct Field {
    std::uint64_t offset = 0;
    unsigned bits = 0;
    bool is_signed = false;

    std::uint64_t mask() const { return ~std::uint64_t{0} >> (64 - bits); }
    std::uint64_t last_byte() const { return (offset + bits - 1) / 8; }
    unsigned behind() const { return static_cast<unsigned>(7 - (offset + bits - 1) % 8); }

    // What lies beyond the end of the text is zero.
    std::int64_t load(std::string_view text) const
    {
        Window window = 0;  // 64 bits may touch nine bytes
        for (std::uint64_t at = offset / 8; at <= last_byte(); ++at)
            window = window << 8 | (at < text.size() ? static_cast<std::uint8_t>(text[at]) : 0U);
        return extended(static_cast<std::uint64_t>(window >> behind()));
    }

    // The text must reach that far.
    void store(std::span<char> text, std::int64_t value) const
    {
        Window window = static_cast<std::uint64_t>(value) & mask();
        Window written = mask();
        window <<= behind();
        written <<= behind();
        for (std::uint64_t at = last_byte() + 1; at-- > offset / 8; window >>= 8, written >>= 8)
            text[at] = static_cast<char>((text[at] & ~static_cast<int>(written & 0xff)) |
                                         static_cast<int>(window & 0xff));
    }

    // The lowest `bits` bits as a number of this field.
    std::int64_t extended(std::uint64_t value) const
    {
        const unsigned spare = 64 - bits;
        return is_signed ? static_cast<std::int64_t>(value << spare) >> spare
                         : static_cast<std::int64_t>(value & mask());
    }

    std::int64_t max() const { return static_cast<std::int64_t>(is_signed ? mask() >> 1 : mask()); }
    std::int64_t min() const { return is_signed ? -max() - 1 : 0; }
};

struct Sum {
    std::int64_t value;
    bool overflow;
};

// Redis' own arithmetic: it takes a number far below a signed field's range for one above it,
// because max - value wraps around.
Sum add_signed(const Field& field, std::int64_t value, std::int64_t amount, Overflow overflow)
{
    const auto minus = [](std::int64_t a, std::int64_t b) {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) -
                                         static_cast<std::uint64_t>(b));
    };
    const std::int64_t max = field.max();
    const std::int64_t min = field.min();
    const bool narrow = field.bits < 64;
    const bool above = value > max || ((narrow || value >= 0) && amount > minus(max, value));
    const bool below = value < min || ((narrow || value < 0) && amount < minus(min, value));
    const std::uint64_t sum =
        static_cast<std::uint64_t>(value) + static_cast<std::uint64_t>(amount);
    if ((above || below) && overflow == Overflow::sat) return {above ? max : min, true};
    return {field.extended(sum), above || below};
}

// A number to set counts as unsigned, so one below zero is too large.
Sum add_unsigned(const Field& field, std::uint64_t value, std::int64_t amount, Overflow overflow)
{
    const std::uint64_t max = field.mask();
    const bool above =
        value > max || (amount > 0 && static_cast<std::uint64_t>(amount) > max - value);
    const bool below = amount < 0 && amount < -static_cast<std::int64_t>(value);
    const std::uint64_t sum = value + static_cast<std::uint64_t>(amount);
    if ((above || below) && overflow == Overflow::sat) return {above ? field.max() : 0, true};
    return {field.extended(sum), above || below};
}

Sum add(const Field& field, std::int64_t value, std::int64_t amount, Overflow overflow)
{
    return field.is_signed
               ? add_signed(field, value, amount, overflow)
               : add_unsigned(field, static_cast<std::uint64_t>(value), amount, overflow);
}

struct Operation {
    enum class Kind : std::uint8_t { get, set, incrby } kind = Kind::get;
    Overflow overflow = Overflow::wrap;
    Field field;
    std::int64_t number = 0;

    static constexpr auto overflow_syntax =
        one_of("wrap_sat_fail", token("WRAP", &Operation::overflow, Overflow::wrap),
               token("SAT", &Operation::overflow, Overflow::sat),
               token("FAIL", &Operation::overflow, Overflow::fail));
};

// Takes one operation after the other from the words.
class Operations {
public:
    Operations(Words words, std::uint64_t bytes_max) : in_(words, 0, {}), bytes_max_(bytes_max) {}

    // False at the end, or when something is wrong with the next one: then there is an error.
    bool next();
    const Operation& operation() const { return operation_; }
    std::string_view error() const { return in_.error(); }

private:
    using Kind = Operation::Kind;

    bool take_kind();
    bool take_type(Word word);
    bool take_offset(Word word);

    Arguments in_;
    std::uint64_t bytes_max_;
    Operation operation_;
};

bool Operations::next()
{
    while (in_.left() > 1 && in_.take_token("OVERFLOW"))
        if (!dispatch::parse_one(Operation::overflow_syntax, operation_, in_))
            return in_.fail("ERR Invalid OVERFLOW type specified");
    if (in_.done()) return false;
    if (!take_kind()) return in_.fail(errors::syntax);
    if (!take_type(in_.take()) || !take_offset(in_.take())) return false;
    return operation_.kind == Kind::get || dispatch::convert(in_.take(), operation_.number, in_);
}

bool Operations::take_kind()
{
    if (in_.left() >= 3 && in_.take_token("GET"))
        operation_.kind = Kind::get;
    else if (in_.left() >= 4 && in_.take_token("SET"))
        operation_.kind = Kind::set;
    else if (in_.left() >= 4 && in_.take_token("INCRBY"))
        operation_.kind = Kind::incrby;
    else
        return false;
    return true;
}

bool Operations::take_type(Word word)
{
    const bool is_signed = word.starts_with('i');
    const auto bits = word.empty() ? std::nullopt : protocol::parse_integer(word.substr(1));
    if ((!is_signed && !word.starts_with('u')) || !bits || *bits < 1 || *bits > 63 + is_signed)
        return in_.fail(
            "ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported "
            "but i64 is.");
    operation_.field.is_signed = is_signed;
    operation_.field.bits = static_cast<unsigned>(*bits);
    return true;
}

// In bits, or with '#' in fields. A product that wraps around is what it has become, as in Redis.
bool Operations::take_offset(Word word)
{
    const bool in_fields = word.starts_with('#');
    const auto number = protocol::parse_integer(word.substr(in_fields ? 1 : 0));
    const std::uint64_t offset =
        static_cast<std::uint64_t>(number.value_or(-1)) * (in_fields ? operation_.field.bits : 1);
    if (!number || static_cast<std::int64_t>(offset) < 0 || offset / 8 >= bytes_max_)
        return in_.fail("ERR bit offset is not an integer or out of range");
    operation_.field.offset = offset;
    return true;
}

// Does one operation of a request that writes; whether the string is another one now.
bool perform(const Operation& operation, std::span<char> text, bool grown, Writer& reply)
{
    const Field& field = operation.field;
    const std::int64_t before = field.load({text.data(), text.size()});
    if (operation.kind == Operation::Kind::get) return reply.integer(before), false;
    const bool set = operation.kind == Operation::Kind::set;
    const Sum sum = set ? add(field, operation.number, 0, operation.overflow)
                        : add(field, before, operation.number, operation.overflow);
    if (sum.overflow && operation.overflow == Overflow::fail) return reply.null(), false;
    reply.integer(set ? before : sum.value);
    field.store(text, sum.value);
    return grown || before != sum.value;
}

void execute(Context& context, const Key& key, Words words, bool may_write, Writer& reply)
{
    const std::uint64_t bytes_max = context.services.config.proto_max_bulk_len.get();
    std::size_t count = 0;
    std::uint64_t written = 0;  // how many bytes the string must have for it
    Operations ahead(words, bytes_max);
    for (; ahead.next(); ++count)
        if (ahead.operation().kind != Operation::Kind::get)
            written = std::max(written, ahead.operation().field.last_byte() + 1);
    if (!ahead.error().empty()) return reply.error(ahead.error());
    if (written != 0 && !may_write)
        return reply.error("ERR BITFIELD_RO only supports the GET subcommand");

    const Entry* entry = written != 0 ? context.data.find(key) : context.data.read(key);
    if (!must_be_string(entry, reply)) return;
    char scratch[24];
    const std::string_view text = entry ? entry->text(scratch) : std::string_view();
    reply.array(count);
    Operations operations(words, bytes_max);
    if (written == 0) {
        while (operations.next()) reply.integer(operations.operation().field.load(text));
        return;
    }
    const bool grown = text.size() < written;
    const std::span<char> bytes = context.data.edit(key, written);
    bool changed = false;
    while (operations.next())
        changed = perform(operations.operation(), bytes, grown, reply) || changed;
    if (changed) context.data.report(Event::setbit, key);
}

constexpr auto encoding = word("encoding");
constexpr auto offset = word("offset", ArgumentType::integer);
constexpr auto get = token_arg("GET", block("encoding_offset", encoding, offset));
constexpr auto set = token_arg(
    "SET", block("encoding_offset_value", encoding, offset, word("value", ArgumentType::integer)));
constexpr auto incrby = token_arg("INCRBY", block("encoding_offset_increment", encoding, offset,
                                                  word("increment", ArgumentType::integer)));
constexpr auto write = block("write", optional(token_arg("OVERFLOW", Operation::overflow_syntax)),
                             one_of("write_operation", set, incrby));

struct Bitfield {
    Key key;
    Words operations;

    static constexpr Spec spec{
        .name = "BITFIELD",
        .summary = "Reads, sets and adds to integers of any width at any bit of a string.",
        .since = "3.2.0",
        .complexity = "O(1) per operation",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Bitfield::key, Use::rw | Use::update | Use::access | Use::variable),
        unread(&Bitfield::operations, optional(repeated(one_of("operation", get, write)))));

    // For COMMAND GETKEYSANDFLAGS: only GET after GET changes nothing.
    static dispatch::Uses uses_in(Words words)
    {
        for (std::size_t i = 2; i < words.size(); ++i) {
            const std::size_t more = words.size() - i - 1;
            if (more >= 2 && protocol::equal_ignoring_case(words[i], "GET"))
                i += 2;
            else if (more >= 1 && protocol::equal_ignoring_case(words[i], "OVERFLOW"))
                i += 1;
            else
                return Use::rw | Use::access | Use::update;
        }
        return Use::ro | Use::access;
    }

    void run(Context& context, Writer& reply) const
    {
        execute(context, key, operations, true, reply);
    }
};

struct BitfieldRo {
    Key key;
    Words operations;

    static constexpr Spec spec{
        .name = "BITFIELD_RO",
        .summary = "Reads integers of any width at any bit of a string.",
        .since = "6.0.0",
        .complexity = "O(1) per operation",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &BitfieldRo::key, Use::ro | Use::access),
                 unread(&BitfieldRo::operations, optional(repeated(get).with_token())));

    void run(Context& context, Writer& reply) const
    {
        execute(context, key, operations, false, reply);
    }
};

}  // namespace

constexpr auto bitfield_commands = dispatch::commands<Bitfield, BitfieldRo>;
const dispatch::Family bitfields{"bitmap", Category::bitmap, bitfield_commands};

}  // namespace mini_redis::commands
