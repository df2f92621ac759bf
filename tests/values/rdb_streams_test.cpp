// Streams with entries, without, with what is deleted and with groups, there and back.
#include "server/values/rdb_collections.hpp"
#include "tests/values/text_of.hpp"

#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

constexpr Stream::Limits small_nodes{200, 8};

std::string stream_bytes(const Stream& stream)
{
    RdbWriter out;
    write_rdb(out, stream);
    return out.take();
}

std::optional<Stream> read_stream(std::string_view bytes)
{
    RdbReader in(bytes);
    Stream stream;
    const RdbType type = in.type();
    if (!read_rdb(in, type, {}, stream)) return std::nullopt;
    return stream;
}

std::vector<std::string> entries_of(const Stream& stream)
{
    std::vector<std::string> all;
    stream.each({}, stream_id_max, [&](const StreamEntry& entry) {
        std::string text = std::to_string(entry.id.ms) + '-' + std::to_string(entry.id.seq);
        entry.each([&](const Element& field, const Element& value) {
            text += ' ' + text_of(field) + '=' + text_of(value);
        });
        all.push_back(text);
    });
    return all;
}

void add(Stream& stream, const StreamId& id, std::vector<std::string_view> fields)
{
    stream.append(id, fields, small_nodes);
}

// Everything that can be asked of it stands in what is written of it.
void expect_same(const Stream& stream)
{
    const std::string bytes = stream_bytes(stream);
    const auto again = read_stream(bytes);
    ASSERT_TRUE(again);
    EXPECT_EQ(entries_of(*again), entries_of(stream));
    EXPECT_EQ(again->size(), stream.size());
    EXPECT_EQ(again->first_entry_id(), stream.first_entry_id());
    EXPECT_EQ(again->node_count(), stream.node_count());
    EXPECT_EQ(stream_bytes(*again), bytes);
}

Stream some_stream(unsigned seed)
{
    std::mt19937 random(seed);
    Stream stream;
    StreamId id;
    for (std::size_t i = random() % 60; i > 0; --i) {
        id = {id.ms + random() % 3, id.seq + 1 + random() % 200};
        const std::string value = std::to_string(random() % 1000);
        if (random() % 4 == 0)
            add(stream, id, {"other", value, "field", "text"});
        else
            add(stream, id, {"field", value});
        if (random() % 5 == 0) stream.erase(id);
    }
    stream.add_group("g", id, StreamGroup::unknown);
    stream.add_group("h", {1, 1}, 7);
    StreamGroup& group = *stream.find_group("g");
    for (const char* name : {"anna", "bert", "nobody"}) group.add_consumer(name, random() % 1000);
    stream.each({}, stream_id_max, [&](const StreamEntry& entry) {
        if (random() % 2 == 0) return;
        StreamConsumer& consumer = *group.find_consumer(random() % 3 == 0 ? "anna" : "bert");
        group.deliver(entry.id, consumer, random() % 1000).deliveries = 1 + random() % 5;
    });
    return stream;
}

TEST(RdbStreams, AreBroughtBackWithTheirGroups)
{
    for (unsigned seed = 0; seed < 100; ++seed) expect_same(some_stream(seed));
}

TEST(RdbStreams, MayHaveNoEntries)
{
    Stream stream;
    add(stream, {5, 5}, {"f", "v"});
    stream.erase({5, 5});
    expect_same(stream);
    EXPECT_EQ(read_stream(stream_bytes(stream))->last_id(), (StreamId{5, 5}));
}

TEST(RdbStreams, MayHaveANodeOfWhichNothingIsLeft)
{
    Stream stream;
    for (const std::uint64_t ms : {1U, 2U, 3U}) add(stream, {ms, 0}, {"f", "v"});
    stream.erase({3, 0});
    stream.trim({.by = Stream::Trim::By::id, .first = {3, 0}});
    EXPECT_EQ(stream.size(), 0U);
    EXPECT_EQ(stream.node_count(), 1U);
    expect_same(stream);
}

// In the older form, without what was not known then.
TEST(RdbStreams, AreReadFromTheOlderForm)
{
    Stream stream;
    for (const std::uint64_t ms : {1U, 2U, 3U}) add(stream, {ms, 0}, {"f", "v"});
    RdbWriter out;
    out.type(RdbType::stream_listpacks);
    out.length(1);
    out.text(std::string("\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0", 16));
    stream.each_node([&](const StreamNode& node) { out.text(node.pack().block()); });
    for (const std::uint64_t number : {3U, 3U, 0U, 1U}) out.length(number);
    out.text("g");
    for (const std::uint64_t number : {1U, 0U, 0U, 0U}) out.length(number);
    const auto again = read_stream(out.take());
    ASSERT_TRUE(again);
    EXPECT_EQ(entries_of(*again), entries_of(stream));
    EXPECT_EQ(again->entries_added(), 3U);
    EXPECT_EQ(again->find_group("g")->entries_read, 1);
}

TEST(RdbStreams, AreReadSafelyWhateverByteIsChanged)
{
    const std::string good = stream_bytes(some_stream(2));
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_FALSE(read_stream(std::string_view(good).substr(0, size))) << size;
    for (std::size_t at = 1; at < good.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            std::string changed = good;
            changed[at] = static_cast<char>(value);
            if (const auto read = read_stream(changed)) {
                entries_of(*read);
                stream_bytes(*read);
            }
        }
    }
}

}  // namespace
}  // namespace mini_redis::values
