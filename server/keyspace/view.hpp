// One database as one command sees it: at one moment, with the locks it needs held.
//
// Every look-up and every change of a key goes through here, so the rules that belong to all of
// them stand once: a key past its time is not there, use is counted, changes are reported. It is
// plain synchronous code; the caller has locked the shards of the keys it names.
#pragma once

#include "server/keyspace/keyspace.hpp"
#include "server/keyspace/local.hpp"
#include "server/keyspace/locks.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace mini_redis::keyspace {

// What becomes of a key's expiry when its value is replaced: it goes, it stays, or it is a moment.
enum class Ttl : Milliseconds { keep = -2, drop = no_expiry };
constexpr Ttl until(Milliseconds at)
{
    return Ttl{at};
}
constexpr bool is_moment(Ttl ttl)
{
    return ttl > Ttl::drop;
}

class View {
public:
    // `client` is who is said to have brought about what changes.
    View(Keyspace& keyspace, Local& local, Locks& locks, unsigned database, Milliseconds now,
         std::uint64_t client = 0)
        : keyspace_(keyspace),
          local_(local),
          locks_(locks),
          database_(database),
          now_(now),
          client_(client)
    {
    }

    // The same moment, locks and client, another database.
    View in(unsigned database) const
    {
        return {keyspace_, local_, locks_, database, now_, client_};
    }

    Milliseconds now() const { return now_; }
    unsigned database() const { return database_; }
    Keyspace& keyspace() const { return keyspace_; }
    Local& local() const { return local_; }

    // Looking up. Null when the key is not there or its time is past. An entry stays where it is
    // until the next change of its key.
    const Entry* read(const Key& key);     // for its value: counted as a hit or miss, and as a use
    const Entry* inspect(const Key& key);  // to ask about it: counted as a hit or miss
    const Entry* inspect_silently(const Key& key);  // the same, but a miss is not told of
    const Entry* find(const Key& key);              // in order to change it: counted as a use
    const Entry* peek(const Key& key);              // unseen: not counted

    // Making or replacing a key with a string, in the encoding Redis would choose: text that is the
    // text of an integer becomes one, unless it is set as text. A moment may lie in the past.
    void set(const Key& key, std::string_view text, Ttl ttl, Event event);
    void set_text(const Key& key, std::string_view text, Ttl ttl, Event event);
    void set_integer(const Key& key, std::int64_t number, Ttl ttl, Event event);

    // The same where an integer lies already: in `entry`, found under `key`.
    void update_integer(const Key& key, const Entry& entry, std::int64_t number, Event event);

    // A new raw string of `size` bytes, for the caller to fill in; any expiry is gone.
    std::span<char> create_raw(const Key& key, std::size_t size);

    // The string at `key` as raw bytes to change in place, at least `size_min` of them; new ones
    // are zero. Creates the key when it is not there. The caller reports the event.
    std::span<char> edit(const Key& key, std::size_t size_min);
    // The same with exactly so many bytes.
    std::span<char> resize(const Key& key, std::size_t size);

    // For Edited (edited.hpp): the entry of a collection, `found` or a new and empty one; and the
    // end of one that is vacant.
    Entry* collection(const Key& key, Type type, const Entry* found);
    void drop_vacant(const Key& key);

    bool remove(const Key& key, Event event = Event::del);

    // The clock of a key that is new.
    std::uint32_t first_clock() const;

    // Takes a key out and hands it back, or null; enters an entry of that name, with its value and
    // expiry, or a copy of another one, in place of what is there; moves a key that is there, here
    // or to another database. The caller reports what that was.
    OwnedEntry take(const Key& key);
    void put(const Key& key, OwnedEntry entry);
    void put_copy(const Key& key, const Entry& entry);
    void move(const Key& from, View& there, const Key& to);

    // The key must be there. A moment that has passed removes it instead.
    void expire_at(const Key& key, Milliseconds at);
    bool persist(const Key& key);

    // `changes` is how many Redis would count.
    void report(Event event, const Key& key, std::uint64_t changes = 1)
    {
        count_changes(changes);
        tell(event, key);
    }
    // Of changes that Redis tells nobody of.
    void count_changes(std::uint64_t changes) { local_.changes.add(changes); }
    // Of what is no change of its own: a key that went because its time had come, the second half
    // of a move.
    void tell(Event event, const Key& key)
    {
        keyspace_.tell(local_, {event, database_, key.name, client_}, key.shard());
    }

    // The whole database, with everything locked. What clear() takes out is handed back, null when
    // there is nothing; it is freed where that delays nobody, such as once the locks are released.
    std::unique_ptr<Database> clear();
    void swap_with(unsigned other);
    void free_unlocked(std::unique_ptr<Database> cleared) { locks_.free_later(std::move(cleared)); }

    // Walks the tables of this database, locking each in turn unless all are held already.
    template <class Visit>
    void each_table(Visit&& visit)
    {
        for (std::size_t shard = 0; shard < shard_count; ++shard)
            with_table(shard, [&](Table& table) { visit(shard, table); });
    }

    template <class Visit>
    void with_table(std::size_t shard, Visit&& visit)
    {
        if (!locks_.all()) keyspace_.lock(shard);
        visit(keyspace_.table(database_, shard));
        if (!locks_.all()) keyspace_.unlock(shard);
    }

    // How many keys, those included that have expired and are still there.
    std::size_t size();

    // A place in a walk through all keys, in any number of steps: shard | position in its table.
    //
    //   63 ..... 42 | 41 ........ 32 | 31 ............... 0
    //       0       |     shard      | position in hash space
    //
    // A table's end is the next one's beginning; 0 begins and ends. Below 2^53, so that a client
    // may hold it in a double.
    using Cursor = std::uint64_t;

    // Visits the keys from `from` on, `count` of them more or less, and returns the cursor to go
    // on from. A key that is there during a whole walk is visited once, whatever is changed, added
    // and removed meanwhile. Those that have expired are not visited.
    template <class Visit>
    Cursor scan(Cursor from, std::size_t count, Visit&& visit);

private:
    static constexpr Cursor cursor_end = Cursor{shard_count} * Table::end;

    Table& table(const Key& key) { return keyspace_.table(database_, key.shard()); }
    Table::Place place(const Key& key);
    void use(Entry& entry);
    void count(bool hit) { (hit ? local_.hits : local_.misses).add(); }

    // The entry of `key` in the given shape, made or remade; its value is the caller's to fill in.
    Entry* shaped(const Key& key, Entry::Shape shape, Ttl ttl);
    void report_set(Event event, const Key& key, Ttl ttl);
    std::span<char> zeros(const Key& key, std::size_t size);
    std::span<char> resized(const Key& key, Entry* entry, std::size_t size, std::size_t spare);

    Keyspace& keyspace_;
    Local& local_;
    Locks& locks_;
    unsigned database_;
    Milliseconds now_;
    std::uint64_t client_;
};

template <class Visit>
View::Cursor View::scan(Cursor from, std::size_t count, Visit&& visit)
{
    // Nearly empty tables are walked for some time, not for as long as it takes to find `count`.
    std::size_t slots_left = std::min(count, std::size_t{1} << 40) * 10;
    std::size_t met = 0;
    while (from < cursor_end && met < count && slots_left > 0) {
        with_table(from / Table::end, [&](const Table& table) {
            const Table::Position begin = from % Table::end;
            if (table.size() == 0) {
                from += Table::end - begin;
                return;
            }
            const std::size_t slots = std::min({count - met, slots_left, table.slots()});
            from += table.scan(begin, slots, [&](const Entry& entry) {
                ++met;
                if (!entry.expired(now_)) visit(entry);
            }) - begin;
            slots_left -= slots;
        });
    }
    return from < cursor_end ? from : 0;
}

}  // namespace mini_redis::keyspace
