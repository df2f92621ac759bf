// Streams in RDB:
//
//   body     = length *( node-id:text listpack:text )
//              entries last-id first-id max-deleted added     lengths; an id is two of them
//              length *group
//   group    = name:text last-id read                         lengths; -1 where read is unknown
//              length *( id delivered:u64 deliveries:length ) all that is pending
//              length *consumer
//   consumer = name:text seen:u64 length *id                  what is pending for it
//   id       = ms:u64 seq:u64                                 big-endian
//
// The older form knows no first-id, max-deleted, added and read: what can be told of them is told
// by the entries.
#include "server/values/rdb_collections.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace mini_redis::values {
namespace {

constexpr std::size_t id_size = 16;

void append_big_endian(std::string& out, std::uint64_t number)
{
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(number >> shift));
}

std::string bytes_of(const StreamId& id)
{
    std::string bytes;
    append_big_endian(bytes, id.ms);
    append_big_endian(bytes, id.seq);
    return bytes;
}

std::uint64_t big_endian(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char c : bytes) number = number << 8 | static_cast<std::uint8_t>(c);
    return number;
}

// Zero where there are not as many bytes.
StreamId id_of(std::string_view bytes)
{
    return {big_endian(bytes.substr(0, id_size / 2)),
            big_endian(bytes.substr(std::min(bytes.size(), id_size / 2)))};
}

void write_lengths(RdbWriter& out, const StreamId& id)
{
    out.length(id.ms);
    out.length(id.seq);
}

StreamId read_lengths(RdbReader& in)
{
    const std::uint64_t ms = in.length();
    return {ms, in.length()};
}

void write_group(RdbWriter& out, const StreamGroup& group)
{
    out.text(group.name);
    write_lengths(out, group.last_id);
    out.length(static_cast<std::uint64_t>(group.entries_read));
    const StreamGroup::Pending& all = group.pending();
    out.length(all.size());
    for (auto place = all.begin(); place != all.end(); place = all.next(place)) {
        out.raw(bytes_of(all[place].id));
        out.number(static_cast<std::uint64_t>(all[place].delivered));
        out.length(static_cast<std::uint64_t>(all[place].deliveries));
    }
    out.length(group.consumers().size());
    for (const auto& consumer : group.consumers()) {
        out.text(consumer->name);
        out.number(static_cast<std::uint64_t>(consumer->seen));
        const Ordered<StreamId>& own = consumer->pending;
        out.length(own.size());
        for (auto place = own.begin(); place != own.end(); place = own.next(place))
            out.raw(bytes_of(own[place]));
    }
}

bool read_nodes(RdbReader& in, Stream& stream)
{
    std::string scratch;
    for (std::uint64_t left = in.length(); left > 0; --left) {
        const std::string_view key = in.text(scratch);
        if (key.size() != id_size) return false;
        const StreamId id = id_of(key);
        const std::string_view block = in.text(scratch);
        if (!in.ok() || !Listpack::valid(block)) return false;
        auto node = StreamNode::of(id, Listpack(block));
        if (!node || !stream.append_node(std::move(*node))) return false;
    }
    return in.ok();
}

struct Delivery {
    UnixMilliseconds at;
    std::int64_t count;
};

// What is pending in a group, until it is known for whom.
using Deliveries = std::map<StreamId, Delivery>;

bool read_pending(RdbReader& in, Deliveries& pending)
{
    for (std::uint64_t left = in.length(); left > 0; --left) {
        const StreamId id = id_of(in.raw(id_size));
        const auto at = static_cast<UnixMilliseconds>(in.number());
        const auto count = static_cast<std::int64_t>(in.length());
        if (!in.ok() || !pending.emplace(id, Delivery{at, count}).second) return false;
    }
    return in.ok();
}

// Each entry is pending for one consumer.
bool read_consumers(RdbReader& in, StreamGroup& group, Deliveries pending)
{
    std::string scratch;
    for (std::uint64_t left = in.length(); left > 0; --left) {
        const std::string name(in.text(scratch));
        const auto seen = static_cast<UnixMilliseconds>(in.number());
        if (!in.ok() || group.find_consumer(name)) return false;
        StreamConsumer& consumer = group.add_consumer(name, seen);
        for (std::uint64_t own = in.length(); own > 0; --own) {
            const auto found = pending.find(id_of(in.raw(id_size)));
            if (!in.ok() || found == pending.end()) return false;
            const Delivery& delivery = found->second;
            group.deliver(found->first, consumer, delivery.at).deliveries = delivery.count;
            pending.erase(found);
        }
    }
    return in.ok() && pending.empty();
}

bool read_groups(RdbReader& in, RdbType type, Stream& stream)
{
    std::string scratch;
    for (std::uint64_t left = in.length(); left > 0; --left) {
        const std::string name(in.text(scratch));
        const StreamId last = read_lengths(in);
        const std::int64_t read = type == RdbType::stream_listpacks_2
                                      ? static_cast<std::int64_t>(in.length())
                                      : stream.count_up_to(last);
        if (!in.ok() || !stream.add_group(name, last, read)) return false;
        Deliveries pending;
        if (!read_pending(in, pending) ||
            !read_consumers(in, *stream.find_group(name), std::move(pending)))
            return false;
    }
    return in.ok();
}

}  // namespace

void write_rdb(RdbWriter& out, const Stream& stream)
{
    out.type(RdbType::stream_listpacks_2);
    out.length(stream.node_count());
    stream.each_node([&](const StreamNode& node) {
        out.text(bytes_of(node.id));
        out.text(node.pack().block());
    });
    out.length(stream.size());
    write_lengths(out, stream.last_id());
    write_lengths(out, stream.first_entry_id());
    write_lengths(out, stream.max_deleted_id());
    out.length(stream.entries_added());
    out.length(stream.groups().size());
    for (const auto& group : stream.groups()) write_group(out, *group);
}

// How many entries there are, and which is the first, is told by the nodes themselves.
bool read_rdb(RdbReader& in, RdbType type, const RdbLimits&, Stream& stream)
{
    if (!read_nodes(in, stream)) return false;
    const std::uint64_t size = in.length();
    const StreamId last = read_lengths(in);
    stream.set_last_id(last);
    stream.set_entries_added(size);
    if (type == RdbType::stream_listpacks_2) {
        read_lengths(in);
        stream.set_max_deleted_id(read_lengths(in));
        stream.set_entries_added(in.length());
    }
    return in.ok() && size == stream.size() && last >= stream.last_entry_id() &&
           read_groups(in, type, stream);
}

}  // namespace mini_redis::values
