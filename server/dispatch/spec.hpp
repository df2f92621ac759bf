// A command's card: what is said of it once, for COMMAND, COMMAND DOCS, ACL, gates and the manual.
//
// Names and meanings are those of Redis' command flags, ACL categories and key specifications.
// Arity, key positions and arguments do not stand here: they follow from the command's syntax.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace mini_redis::dispatch {

// A set of enumerators, written with |.
template <class Enum>
class Set {
public:
    constexpr Set() = default;
    constexpr Set(Enum one) : bits_(std::uint32_t{1} << static_cast<unsigned>(one)) {}  // NOLINT

    constexpr bool has(Enum one) const { return (bits_ & Set(one).bits_) != 0; }
    constexpr bool has_any(Set other) const { return (bits_ & other.bits_) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr Set operator|(Set other) const { return Set(bits_ | other.bits_, 0); }
    constexpr bool operator==(const Set&) const = default;

private:
    constexpr Set(std::uint32_t bits, int) : bits_(bits) {}
    std::uint32_t bits_ = 0;
};

// In the order in which COMMAND shows them.
enum class Flag : std::uint8_t {
    write,
    readonly,
    denyoom,
    admin,
    pubsub,
    noscript,
    blocking,
    loading,
    stale,
    skip_monitor,
    skip_slowlog,
    asking,
    fast,
    no_auth,
    no_mandatory_keys,
    no_async_loading,
    no_multi,
    movable_keys,  // nobody says it: it follows from the key specifications
    allow_busy,
    // From here on known to us alone: COMMAND does not show them.
    may_replicate,
    guarded,  // Redis' "protected": only for whom a directive allows it
};
using Flags = Set<Flag>;
constexpr Flags operator|(Flag a, Flag b)
{
    return Flags(a) | b;
}

enum class Category : std::uint8_t {
    keyspace,
    read,
    write,
    set,
    sortedset,
    list,
    hash,
    string,
    bitmap,
    hyperloglog,
    geo,
    stream,
    pubsub,
    admin,
    fast,
    slow,
    blocking,
    dangerous,
    connection,
    transaction,
    scripting,
};
using Categories = Set<Category>;
constexpr Categories operator|(Category a, Category b)
{
    return Categories(a) | b;
}

// How a command uses a key: Redis' key-spec flags. `rw`, `ro`, `ow` and `rm` exclude each other.
enum class Use : std::uint8_t {
    rw,
    ro,
    ow,
    rm,
    access,
    update,
    insert,
    del,
    not_key,
    incomplete,
    variable
};
using Uses = Set<Use>;
constexpr Uses operator|(Use a, Use b)
{
    return Uses(a) | b;
}

// Where keys stand among the words: Redis' begin_search and find_keys.
struct KeySpec {
    enum class Reach : std::uint8_t {
        range,    // from `first` to `last`, in steps
        counted,  // word `first` says how many stand behind it
        unknown,  // not to be found without running the command; or, with a keyword, only by us
    };

    Uses uses = {};
    int first = 0;
    int last = 0;  // relative to `first`, or if negative from the end
    int step = 1;
    Reach reach = Reach::range;
    // They begin behind this word, which may stand anywhere from word `first` on, or be missing.
    std::string_view keyword = {};
    bool again = false;  // it may stand there several times; COMMAND knows only of the first
    int share = 1;       // of a range to the end: one of so many of the words there are keys

    constexpr bool is_key() const { return !uses.has(Use::not_key); }
    constexpr bool movable() const { return reach != Reach::range || !keyword.empty(); }
};

struct Spec {
    std::string_view name = {};       // upper case; a subcommand's own name
    std::string_view container = {};  // of a subcommand: the command it belongs to
    std::string_view summary = {};    // one sentence, ours
    std::string_view since = {};
    std::string_view complexity = {};
    Flags flags = {};
    Categories categories = {};  // besides those that follow from the flags and the family
    std::array<std::string_view, 4> tips{};
    std::string_view deprecated_since = {};
    std::string_view replaced_by = {};
    bool system = false;             // Redis' "syscmd": not for ordinary clients
    bool locks_everything = false;   // runs with all shards locked
    bool runs_while_paused = false;  // whatever CLIENT PAUSE says
    bool answers_by_pushes = false;  // which CLIENT REPLY does not turn off
    bool never_queued = false;       // run at once even after MULTI
    bool runs_queued = false;        // EXEC: what it needs and may do is what is queued
    // The word that names something inside the key's value, from the end if negative: of a batch
    // they are all asked for ahead. 0 where there is none.
    int member = 0;
    // Only where Redis' differs from what the syntax says; the reason stands beside it.
    int arity = 0;
};

std::string_view to_string(Flag flag);  // of the first `flag_count`
std::string_view to_string(Category category);
std::string_view to_string(Use use);
inline constexpr unsigned flag_count = 19;  // that COMMAND shows
inline constexpr unsigned category_count = 21;
inline constexpr unsigned use_count = 11;

}  // namespace mini_redis::dispatch
