// The rules of every look-up and every change.
#include "server/keyspace/view.hpp"

#include "server/keyspace/access_clock.hpp"

#include <algorithm>
#include <string>

namespace mini_redis::keyspace {

Table::Place View::place(const Key& key)
{
    Table& shard = table(key);
    const Table::Place place = shard.find(key.hash, key.name);
    if (!place || !place.entry()->expired(now_)) return place;

    keyspace_.dispose(OwnedEntry(shard.remove(place)));
    local_.expired.add();
    tell(Event::expired, key);
    return {};
}

void View::use(Entry& entry)
{
    const EvictionRules& rules = keyspace_.eviction;
    if (!counts_uses(rules.policy.load(std::memory_order_relaxed))) {
        // Written only when the second has changed: a read should not dirty a cache line.
        if (const std::uint32_t clock = lru_clock(now_); entry.clock() != clock)
            entry.set_clock(clock);
        return;
    }
    const auto relaxed = std::memory_order_relaxed;
    const std::uint32_t count =
        lfu_count(entry.clock(), now_, rules.lfu_decay_minutes.load(relaxed));
    entry.set_clock(lfu_clock(
        now_, lfu_count_after_use(count, rules.lfu_log_factor.load(relaxed), local_.chance())));
}

std::uint32_t View::first_clock() const
{
    return counts_uses(keyspace_.eviction.policy.load(std::memory_order_relaxed))
               ? lfu_clock(now_, lfu_initial_count)
               : lru_clock(now_);
}

const Entry* View::read(const Key& key)
{
    const Table::Place found = place(key);
    count(static_cast<bool>(found));
    if (!found) return tell(Event::missed, key), nullptr;
    use(*found.entry());
    return found.entry();
}

const Entry* View::inspect(const Key& key)
{
    const Entry* found = inspect_silently(key);
    if (!found) tell(Event::missed, key);
    return found;
}

const Entry* View::inspect_silently(const Key& key)
{
    const Entry* found = peek(key);
    count(found != nullptr);
    return found;
}

const Entry* View::find(const Key& key)
{
    const Table::Place found = place(key);
    if (!found) return nullptr;
    use(*found.entry());
    return found.entry();
}

const Entry* View::peek(const Key& key)
{
    const Table::Place found = place(key);
    return found ? found.entry() : nullptr;
}

Entry* View::shaped(const Key& key, Entry::Shape shape, Ttl ttl)
{
    const Table::Place found = place(key);
    shape.expires = is_moment(ttl) || (found && ttl == Ttl::keep && found.entry()->expires());
    Entry* entry = nullptr;
    if (!found) {
        table(key).make_room();
        entry = Entry::create(key.name, shape);
        entry->set_clock(first_clock());
        table(key).insert(key.hash, entry);
        tell(Event::created, key);
    } else {
        Entry* before = found.entry();
        const Entry::Outside old = before->outside();
        entry = Entry::reshape(before, shape);  // may fail, and then it is as it was
        old.destroy();
        use(*entry);
        if (entry != before) table(key).replace(found, entry);
    }
    if (is_moment(ttl)) entry->set_expiry(static_cast<Milliseconds>(ttl));
    return entry;
}

// One change, however much is said of it.
void View::report_set(Event event, const Key& key, Ttl ttl)
{
    report(event, key);
    if (is_moment(ttl)) tell(Event::expire, key);
}

void View::set(const Key& key, std::string_view text, Ttl ttl, Event event)
{
    if (const auto number = Entry::integer_of(text)) return set_integer(key, *number, ttl, event);
    set_text(key, text, ttl, event);
}

void View::set_text(const Key& key, std::string_view text, Ttl ttl, Event event)
{
    const Entry::Shape shape = Entry::shape_of(text);
    if (shape.encoding == Encoding::large) {
        LargeString::Owned copy = LargeString::of(text);
        shaped(key, shape, ttl)->set_large(copy.release());
    } else {
        std::memcpy(shaped(key, shape, ttl)->value(), text.data(), text.size());
    }
    report_set(event, key, ttl);
}

void View::set_integer(const Key& key, std::int64_t number, Ttl ttl, Event event)
{
    shaped(key, {.encoding = Encoding::integer}, ttl)->set_integer(number);
    report_set(event, key, ttl);
}

void View::update_integer(const Key& key, const Entry& entry, std::int64_t number, Event event)
{
    const_cast<Entry&>(entry).set_integer(number);
    report(event, key);
}

std::span<char> View::create_raw(const Key& key, std::size_t size)
{
    if (size <= Entry::inline_value_max) {
        Entry* entry = shaped(key, {.encoding = Encoding::raw, .value_size = size}, Ttl::drop);
        return {entry->value(), size};
    }
    LargeString::Owned text(LargeString::create(size, size));
    Entry* entry = shaped(key, {.encoding = Encoding::large}, Ttl::drop);
    entry->set_large(text.release());
    return {entry->large()->data(), size};
}

std::span<char> View::zeros(const Key& key, std::size_t size)
{
    const std::span<char> bytes = create_raw(key, size);
    std::ranges::fill(bytes, '\0');
    return bytes;
}

std::span<char> View::edit(const Key& key, std::size_t size_min)
{
    const Table::Place found = place(key);
    if (!found) return zeros(key, size_min);
    const std::size_t size = found.entry()->text_size();
    if (size_min <= size) return resized(key, found.entry(), size, 0);
    // Doubled beyond what fits beside the key, so that appending costs the same per byte however
    // long the string has become.
    return resized(key, found.entry(), size_min, std::min<std::size_t>(size_min, 1 << 20));
}

std::span<char> View::resize(const Key& key, std::size_t size)
{
    const Table::Place found = place(key);
    return found ? resized(key, found.entry(), size, 0) : zeros(key, size);
}

// With room for `spare` more where it does not lie beside the key.
std::span<char> View::resized(const Key& key, Entry* entry, std::size_t size, std::size_t spare)
{
    if (entry->encoding() == Encoding::raw && entry->inline_text().size() == size) {
        use(*entry);
        return {entry->value(), size};
    }
    if (entry->encoding() == Encoding::large && size > Entry::inline_value_max &&
        entry->large()->capacity >= size) {
        use(*entry);
        LargeString& text = *entry->large();
        if (text.size < size) std::memset(text.data() + text.size, 0, size - text.size);
        text.size = size;
        return {text.data(), size};
    }
    // Into another shape, by way of the old text.
    char scratch[24];
    const std::string_view old = entry->text(scratch);
    const std::size_t kept = std::min(old.size(), size);
    if (size > Entry::inline_value_max) {
        LargeString::Owned text(LargeString::create(size, size + spare));
        std::memcpy(text->data(), old.data(), kept);
        std::memset(text->data() + kept, 0, size - kept);
        entry = shaped(key, {.encoding = Encoding::large}, Ttl::keep);
        entry->set_large(text.release());
        return {entry->large()->data(), size};
    }
    // Reshaping keeps what lies inside the entry; other text has to be saved first.
    std::string saved;
    if (entry->encoding() == Encoding::integer || entry->encoding() == Encoding::large)
        saved = old.substr(0, kept);
    Entry* raw = shaped(key, {.encoding = Encoding::raw, .value_size = size}, Ttl::keep);
    std::memcpy(raw->value(), saved.data(), saved.size());
    std::memset(raw->value() + kept, 0, size - kept);
    return {raw->value(), size};
}

Entry* View::collection(const Key& key, Type type, const Entry* found)
{
    if (found) return const_cast<Entry*>(found);
    Entry* entry = shaped(key, {.type = type, .encoding = Encoding::packed}, Ttl::drop);
    entry->hold({});
    return entry;
}

// No change of its own: what emptied it has been reported.
void View::drop_vacant(const Key& key)
{
    if (take(key)) tell(Event::del, key);
}

bool View::remove(const Key& key, Event event)
{
    if (!take(key)) return false;
    report(event, key);
    return true;
}

OwnedEntry View::take(const Key& key)
{
    const Table::Place found = place(key);
    return found ? OwnedEntry(table(key).remove(found)) : nullptr;
}

// As Redis tells it, the key is a new one even where there was one of its name.
void View::put(const Key& key, OwnedEntry entry)
{
    const Table::Place found = place(key);
    if (found) {
        const OwnedEntry replaced(found.entry());
        table(key).replace(found, entry.release());
    } else {
        table(key).make_room();
        table(key).insert(key.hash, entry.release());
    }
    tell(Event::created, key);
}

void View::put_copy(const Key& key, const Entry& entry)
{
    OwnedEntry copy(Entry::copy(entry, key.name));
    copy->set_clock(first_clock());
    put(key, std::move(copy));
}

// All that may fail comes first: short of memory, the key stays where it is.
void View::move(const Key& from, View& there, const Key& to)
{
    if (!there.place(to)) there.table(to).make_room();
    const Table::Place old = place(from);
    OwnedEntry moved(Entry::twin(*old.entry(), to.name));
    Entry::give_up(table(from).remove(old));
    there.put(to, std::move(moved));
}

void View::expire_at(const Key& key, Milliseconds at)
{
    if (at <= now_) {
        remove(key, Event::del);
        return;
    }
    const Table::Place found = place(key);
    Entry::Shape shape = found.entry()->shape();
    shape.expires = true;
    Entry* entry = Entry::reshape(found.entry(), shape);
    entry->set_expiry(at);
    table(key).replace(found, entry);
    report(Event::expire, key);
}

bool View::persist(const Key& key)
{
    const Table::Place found = place(key);
    if (!found) return false;
    use(*found.entry());
    if (!found.entry()->expires()) return false;
    Entry::Shape shape = found.entry()->shape();
    shape.expires = false;
    table(key).replace(found, Entry::reshape(found.entry(), shape));
    report(Event::persist, key);
    return true;
}

std::unique_ptr<Database> View::clear()
{
    const std::size_t keys = size();
    if (keys == 0) return nullptr;
    local_.changes.add(keys);
    return keyspace_.clear(database_);
}

void View::swap_with(unsigned other)
{
    local_.changes.add();
    if (other == database_) return;
    keyspace_.swap(database_, other);
    tell(Event::swapdb, {});
    in(other).tell(Event::swapdb, {});
}

std::size_t View::size()
{
    std::size_t keys = 0;
    each_table([&](std::size_t, const Table& table) { keys += table.size(); });
    return keys;
}

}  // namespace mini_redis::keyspace
