// What the commands on streams share: how ids are read, and how entries are written.
#pragma once

#include "server/commands/collections.hpp"
#include "server/values/stream.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mini_redis::commands {

using values::PendingEntry;
using values::Stream;
using values::stream_id_max;
using values::StreamConsumer;
using values::StreamEntry;
using values::StreamGroup;
using values::StreamId;

inline constexpr std::string_view invalid_stream_id =
    "ERR Invalid stream ID specified as stream command argument";

// A word as far as Redis reads it where to it is a C string.
inline std::string_view c_text(Word word)
{
    return word.substr(0, word.find('\0'));
}

// `ms` or `ms-seq`; where the second is missing, it is `seq`. False, and an error, if it is none.
bool read_id(Word word, StreamId& id, Arguments& in, std::uint64_t seq = 0);

// The id of a new entry, whose second part may be left open: `ms-*`.
struct NewStreamId {
    std::uint64_t ms = 0;
    std::optional<std::uint64_t> seq;
};
bool read_new_id(Word word, NewStreamId& id, Arguments& in);

// One that may also be `-` or `+`, the least and the greatest; one of a range, which may also be
// `(id`, and then is the next or the last before.
bool read_bound(Word word, StreamId& id, Arguments& in);
bool read_first(Word word, StreamId& id, Arguments& in);
bool read_last(Word word, StreamId& id, Arguments& in);

// As Redis prints it.
using StreamIdChars = std::array<char, 2 * protocol::integer_chars_max + 1>;
std::string_view print(const StreamId& id, StreamIdChars& text);

void reply_with(const StreamId& id, Writer& reply);
void reply_with(const StreamEntry& entry, Writer& reply);
// Those from `first` to `last`, `most` at most where that is not 0.
void reply_with_entries(const Stream& stream, const StreamId& first, const StreamId& last,
                        std::uint64_t most, Writer& reply);
// The entry of an id; false, and nothing written, where there is none.
bool reply_with_entry(const Stream& stream, const StreamId& id, Writer& reply);

// The group of that name; null, and an error written, where there is no such key, or no such group.
// `where` ends the error.
StreamGroup* find_group(const Key& key, const Entry* entry, Word group, Writer& reply,
                        std::string_view where = {});

// What is said where a command is about a group, and there is none.
std::string no_such_group(const Key& key, Word group);

// The consumer of that name, seen now, made where there is none.
StreamConsumer& find_or_add(Context& context, const Key& key, StreamGroup& group, Word name);

// A count that none can be less than.
inline bool read_count(Word word, std::int64_t& count, Arguments& in)
{
    if (!dispatch::convert(word, count, in)) return false;
    count = std::max<std::int64_t>(count, 0);
    return true;
}

}  // namespace mini_redis::commands
