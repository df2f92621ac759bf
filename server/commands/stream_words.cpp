// Reading the ids of streams and writing entries.
#include "server/commands/stream_words.hpp"

namespace mini_redis::commands {
namespace {

// More is no id, whatever it says.
constexpr std::size_t id_chars_max = 127;

// The parts of an id, as Redis reads them: the second is what stands behind the first dash.
struct Parts {
    std::optional<std::uint64_t> ms;
    std::optional<std::string_view> seq;
};

Parts parts_of(Word word)
{
    if (word.size() > id_chars_max) return {};
    const std::string_view text = c_text(word);
    const auto dash = text.find('-');
    Parts parts{protocol::parse_unsigned(text.substr(0, dash)), std::nullopt};
    if (dash != std::string_view::npos) parts.seq = text.substr(dash + 1);
    return parts;
}

bool is_exclusive(Word word)
{
    return word.size() > 1 && word[0] == '(';
}

bool read_range_bound(Word word, StreamId& id, Arguments& in, std::uint64_t seq)
{
    if (is_exclusive(word)) return read_id(word.substr(1), id, in, seq);
    const std::string_view text = c_text(word);
    if (text == "-" || text == "+") return read_bound(word, id, in);
    return read_id(word, id, in, seq);
}

}  // namespace

bool read_id(Word word, StreamId& id, Arguments& in, std::uint64_t seq)
{
    const Parts parts = parts_of(word);
    if (!parts.ms) return in.fail(invalid_stream_id);
    id = {*parts.ms, seq};
    if (!parts.seq) return true;
    const auto number = protocol::parse_unsigned(*parts.seq);
    if (!number) return in.fail(invalid_stream_id);
    id.seq = *number;
    return true;
}

bool read_new_id(Word word, NewStreamId& id, Arguments& in)
{
    const Parts parts = parts_of(word);
    if (parts.ms && parts.seq == "*") return id = {*parts.ms, std::nullopt}, true;
    StreamId whole;
    if (!read_id(word, whole, in)) return false;
    id = {whole.ms, whole.seq};
    return true;
}

bool read_bound(Word word, StreamId& id, Arguments& in)
{
    const std::string_view text = c_text(word);
    if (word.size() <= id_chars_max && text == "-") return id = {}, true;
    if (word.size() <= id_chars_max && text == "+") return id = stream_id_max, true;
    return read_id(word, id, in);
}

bool read_first(Word word, StreamId& id, Arguments& in)
{
    if (!read_range_bound(word, id, in, 0)) return false;
    if (!is_exclusive(word)) return true;
    const auto next = id.after();
    if (!next) return in.fail("ERR invalid start ID for the interval");
    return id = *next, true;
}

bool read_last(Word word, StreamId& id, Arguments& in)
{
    if (!read_range_bound(word, id, in, StreamId::number_max)) return false;
    if (!is_exclusive(word)) return true;
    const auto before = id.before();
    if (!before) return in.fail("ERR invalid end ID for the interval");
    return id = *before, true;
}

std::string_view print(const StreamId& id, StreamIdChars& text)
{
    char* end = protocol::format_unsigned(text.data(), id.ms);
    *end++ = '-';
    end = protocol::format_unsigned(end, id.seq);
    return {text.data(), end};
}

void reply_with(const StreamId& id, Writer& reply)
{
    StreamIdChars text;
    reply.bulk(print(id, text));
}

void reply_with(const StreamEntry& entry, Writer& reply)
{
    reply.array(2);
    reply_with(entry.id, reply);
    reply.array(entry.size() * 2);
    entry.each([&](const Element& field, const Element& value) {
        reply_with(field, reply);
        reply_with(value, reply);
    });
}

void reply_with_entries(const Stream& stream, const StreamId& first, const StreamId& last,
                        std::uint64_t most, Writer& reply)
{
    const auto mark = reply.later();
    std::size_t count = 0;
    stream.each(first, last, [&](const StreamEntry& entry) {
        reply_with(entry, reply);
        return ++count != most;
    });
    reply.array_at(mark, count);
}

bool reply_with_entry(const Stream& stream, const StreamId& id, Writer& reply)
{
    bool found = false;
    stream.each(id, id, [&](const StreamEntry& entry) {
        reply_with(entry, reply);
        found = true;
    });
    return found;
}

StreamGroup* find_group(const Key& key, const Entry* entry, Word group, Writer& reply,
                        std::string_view where)
{
    StreamGroup* found = entry ? Borrowed<Stream>(*entry)->find_group(group) : nullptr;
    if (!found)
        reply.error("NOGROUP No such key '" + std::string(c_text(key.name)) +
                    "' or consumer group '" + std::string(c_text(group)) + "'" +
                    std::string(where));
    return found;
}

std::string no_such_group(const Key& key, Word group)
{
    return "NOGROUP No such consumer group '" + std::string(c_text(group)) + "' for key name '" +
           std::string(c_text(key.name)) + "'";
}

StreamConsumer& find_or_add(Context& context, const Key& key, StreamGroup& group, Word name)
{
    if (StreamConsumer* consumer = group.find_consumer(name)) {
        consumer->seen = context.now();
        return *consumer;
    }
    StreamConsumer& added = group.add_consumer(name, context.now());
    context.data.report(Event::xgroup_createconsumer, key);
    return added;
}

}  // namespace mini_redis::commands
