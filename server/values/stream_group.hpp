// A consumer group: who reads a stream together, how far they are, and what each was given and has
// not acknowledged.
//
//   StreamGroup   pending    1-0 -> anna   1-3 -> bert   2-0 -> anna        40 bytes each
//                 consumers  anna   pending 1-0 2-0                         16 bytes each
//                            bert   pending 1-3
//
// The idea: what is known of a pending entry stands once, in the group's list; a consumer has but
// the ids of its own. Both lists are in order (ordered.hpp), so each is found by two binary
// searches (redis-server: two radix trees, whose leaves share an allocation).
//
// It knows nothing of the entries themselves: one that is pending may have been deleted.
#pragma once

#include "server/values/ordered.hpp"

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace mini_redis::values {

// In the order of their names, and found by them; each stays where it is.
struct ByName {
    using is_transparent = void;
    static std::string_view name_of(std::string_view name) { return name; }
    template <class Named>
    static std::string_view name_of(const std::unique_ptr<Named>& named)
    {
        return named->name;
    }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const
    {
        return name_of(a) < name_of(b);
    }
};
template <class Named>
using Directory = std::set<std::unique_ptr<Named>, ByName>;

template <class Named>
Named* find_named(const Directory<Named>& directory, std::string_view name)
{
    const auto found = directory.find(name);
    return found == directory.end() ? nullptr : found->get();
}

using UnixMilliseconds = std::int64_t;

struct StreamConsumer {
    std::string name;
    UnixMilliseconds seen = 0;
    Ordered<StreamId> pending = {};
};

// An entry that was delivered and is not acknowledged.
struct PendingEntry {
    StreamId id;
    StreamConsumer* consumer;
    UnixMilliseconds delivered;
    std::int64_t deliveries;
};

class StreamGroup {
public:
    using Pending = Ordered<PendingEntry>;

    // Of how many entries the group has read, where that cannot be told.
    static constexpr std::int64_t unknown = -1;

    // Throws std::bad_alloc, like all that adds something; then nothing has changed.
    StreamGroup(std::string_view group, const StreamId& last, std::int64_t read)
        : name(group), last_id(last), entries_read(read)
    {
    }
    std::unique_ptr<StreamGroup> copy() const;

    const Directory<StreamConsumer>& consumers() const { return consumers_; }
    StreamConsumer* find_consumer(std::string_view consumer) const
    {
        return find_named(consumers_, consumer);
    }
    // One whose name is not there yet.
    StreamConsumer& add_consumer(std::string_view consumer, UnixMilliseconds now);
    // With all that is pending for it.
    void remove_consumer(StreamConsumer& consumer);

    const Pending& pending() const { return pending_; }
    PendingEntry* find_pending(const StreamId& id) { return pending_.find(id); }

    // Makes an entry pending for a consumer, as delivered now and once. An entry that is pending
    // already is so no longer for whom it was.
    PendingEntry& deliver(const StreamId& id, StreamConsumer& consumer, UnixMilliseconds now);
    void give(PendingEntry& entry, StreamConsumer& consumer);
    // Whether it was pending.
    bool acknowledge(const StreamId& id);

    std::size_t weight() const;

    std::string name;
    StreamId last_id;           // the last that was delivered
    std::int64_t entries_read;  // or unknown

private:
    Pending pending_;
    Directory<StreamConsumer> consumers_;
};

}  // namespace mini_redis::values
