// Two lists that say the same: what one of them gets, the other gets or neither.
#include "server/values/stream_group.hpp"

namespace mini_redis::values {

std::unique_ptr<StreamGroup> StreamGroup::copy() const
{
    auto twin = std::make_unique<StreamGroup>(name, last_id, entries_read);
    for (const auto& consumer : consumers_) twin->add_consumer(consumer->name, consumer->seen);
    for (auto place = pending_.begin(); place != pending_.end(); place = pending_.next(place)) {
        const PendingEntry& entry = pending_[place];
        StreamConsumer& owner = *twin->find_consumer(entry.consumer->name);
        twin->deliver(entry.id, owner, entry.delivered).deliveries = entry.deliveries;
    }
    return twin;
}

StreamConsumer& StreamGroup::add_consumer(std::string_view consumer, UnixMilliseconds now)
{
    auto made = std::make_unique<StreamConsumer>(StreamConsumer{std::string(consumer), now});
    return **consumers_.insert(std::move(made)).first;
}

void StreamGroup::remove_consumer(StreamConsumer& consumer)
{
    const Ordered<StreamId>& own = consumer.pending;
    for (auto place = own.begin(); place != own.end(); place = own.next(place))
        pending_.erase(own[place]);
    consumers_.erase(consumers_.find(std::string_view(consumer.name)));
}

PendingEntry& StreamGroup::deliver(const StreamId& id, StreamConsumer& consumer,
                                   UnixMilliseconds now)
{
    if (PendingEntry* entry = find_pending(id)) {
        give(*entry, consumer);
        entry->delivered = now;
        entry->deliveries = 1;
        return *entry;
    }
    consumer.pending.insert(id);
    try {
        pending_.insert({id, &consumer, now, 1});
    } catch (...) {
        consumer.pending.erase(id);
        throw;
    }
    return *find_pending(id);
}

void StreamGroup::give(PendingEntry& entry, StreamConsumer& consumer)
{
    if (entry.consumer == &consumer) return;
    consumer.pending.insert(entry.id);
    entry.consumer->pending.erase(entry.id);
    entry.consumer = &consumer;
}

bool StreamGroup::acknowledge(const StreamId& id)
{
    const PendingEntry* entry = find_pending(id);
    if (!entry) return false;
    entry->consumer->pending.erase(id);
    return pending_.erase(id);
}

std::size_t StreamGroup::weight() const
{
    std::size_t bytes = sizeof *this + name.capacity() + pending_.weight();
    for (const auto& consumer : consumers_)
        bytes += sizeof *consumer + consumer->name.capacity() + consumer->pending.weight();
    return bytes;
}

}  // namespace mini_redis::values
