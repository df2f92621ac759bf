// Pushing, finding, and keeping the blocks full.
#include "server/values/list.hpp"

#include <utility>

namespace mini_redis::values {
namespace {

// Whether a block takes one more element.
bool takes(const Listpack& block, const Element& element, const List::Limits& limits)
{
    return block.bytes() + Listpack::size_of(element) <= limits.bytes &&
           block.size() < limits.elements;
}

Listpack block_of(const Element& element)
{
    Listpack block;
    block.append({element});
    return block;
}

// How many it took out.
std::size_t erase_from(Listpack& block, const Element& wanted, End from, std::size_t max)
{
    std::size_t erased = 0;
    auto at = from == End::head ? block.begin() : block.last();
    for (std::size_t left = block.size(); left > 0 && erased < max; --left) {
        const bool wrong = block[at] != wanted;
        const auto before = block.before(at);
        if (wrong && from == End::head) at = block.next(at);
        if (!wrong) {
            at = block.erase(at);
            ++erased;
        }
        if (from == End::tail) at = before;
    }
    return erased;
}

}  // namespace

List List::copy() const
{
    List twin;
    if (packed()) {
        if (!pack_.empty()) twin.pack_ = pack_.copy();
        return twin;
    }
    twin.large_ = std::make_unique<Large>();
    for (const Listpack& block : large_->blocks) twin.large_->blocks.push_back(block.copy());
    twin.large_->size = large_->size;
    return twin;
}

Held List::release()
{
    if (packed()) return {pack_.release(), true};
    return {large_.release(), false};
}

List List::adopt(Held held)
{
    List list;
    if (held.packed)
        list.pack_ = Listpack::adopt(static_cast<char*>(held.word));
    else
        list.large_.reset(static_cast<Large*>(held.word));
    return list;
}

std::size_t List::weight() const
{
    if (packed()) return pack_.bytes();
    std::size_t bytes = sizeof(Large);
    for (const Listpack& block : large_->blocks) bytes += sizeof block + block.bytes();
    return bytes;
}

void List::push(End end, std::string_view text, const Limits& limits)
{
    const Element element = element_of(text);
    if (packed() && pack_.empty()) return pack_.append({element});
    const std::size_t last = blocks();
    if (last != 0) {
        Listpack& pack = block(end == End::head ? 0 : last - 1);
        if (takes(pack, element, limits)) {
            pack.insert(end == End::head ? pack.begin() : pack.end(), element);
            return grow(1);
        }
    }
    add_block(end == End::head ? 0 : last, block_of(element));
}

void List::append(Listpack block)
{
    if (packed() && pack_.empty())
        pack_ = std::move(block);
    else
        add_block(blocks(), std::move(block));
}

Element List::peek(End end) const
{
    const Listpack& pack = block(end == End::head ? 0 : blocks() - 1);
    return pack[end == End::head ? pack.begin() : pack.last()];
}

void List::pop(End end)
{
    const std::size_t index = end == End::head ? 0 : blocks() - 1;
    const Listpack& pack = block(index);
    erase({index, end == End::head ? pack.begin() : pack.last()});
}

Element List::at(std::size_t index) const
{
    const Place place = find(index);
    return block(place.block)[place.at];
}

// From the nearer end.
List::Place List::find(std::size_t index) const
{
    std::size_t at = 0;
    if (index < size() / 2) {
        for (; index >= block(at).size(); ++at) index -= block(at).size();
        return {at, block(at).at(static_cast<std::int64_t>(index))};
    }
    std::size_t behind = size() - 1 - index;
    for (at = blocks() - 1; behind >= block(at).size(); --at) behind -= block(at).size();
    return {at, block(at).at(-1 - static_cast<std::int64_t>(behind))};
}

// The new one comes before the old one goes, so that none is missing if there is no memory.
void List::set(std::size_t index, std::string_view text, const Limits& limits)
{
    const Element element = element_of(text);
    const Place place = find(index);
    Listpack& pack = block(place.block);
    if (pack.size() == 1 || pack.bytes() + Listpack::size_of(element) <= limits.bytes) {
        pack.replace(place.at, element);
        return;
    }
    Place old = insert(place, element, limits);
    old.at = block(old.block).next(old.at);
    if (old.at == block(old.block).end()) old = {old.block + 1, block(old.block + 1).begin()};
    erase(old);
}

bool List::insert(Side side, std::string_view pivot, std::string_view text, const Limits& limits)
{
    const Element wanted = element_of(pivot);
    for (std::size_t i = 0; i < blocks(); ++i) {
        const Listpack& pack = block(i);
        const auto at = pack.find(wanted, pack.begin());
        if (at == pack.end()) continue;
        insert({i, side == Side::before ? at : pack.next(at)}, element_of(text), limits);
        return true;
    }
    return false;
}

// Into the block where it belongs; where that is full it is cut in two, and the element goes to the
// end of the one, the beginning of the other, or between them.
List::Place List::insert(Place place, const Element& element, const Limits& limits)
{
    Listpack& pack = block(place.block);
    if (takes(pack, element, limits)) {
        grow(1);
        return {place.block, pack.insert(place.at, element)};
    }
    spread();
    auto& all = large_->blocks;
    const auto at = [&](std::size_t index) { return all.begin() + static_cast<long>(index); };
    std::size_t right = place.block;
    if (place.at != all[right].begin()) {
        ++right;
        if (place.at != all[right - 1].end()) {
            all.insert(at(right), all[right - 1].copy_from(place.at));
            all[right - 1].erase(place.at, all[right].size());
        }
    }
    if (right > 0 && takes(all[right - 1], element, limits)) {
        grow(1);
        return {right - 1, all[right - 1].insert(all[right - 1].end(), element)};
    }
    if (right < all.size() && takes(all[right], element, limits)) {
        grow(1);
        return {right, all[right].insert(all[right].begin(), element)};
    }
    add_block(right, block_of(element));
    return {right, all[right].begin()};
}

void List::erase(Place place)
{
    block(place.block).erase(place.at);
    grow(-1);
    drop_if_empty(place.block);
}

void List::erase(std::size_t from, std::size_t count)
{
    if (count == 0) return;
    Place place = find(from);
    while (count > 0) {
        Listpack& pack = block(place.block);
        const std::size_t had = pack.size();
        place.at = pack.erase(place.at, count);
        const std::size_t erased = had - pack.size();
        grow(-static_cast<std::ptrdiff_t>(erased));
        count -= erased;
        if (!drop_if_empty(place.block)) ++place.block;
        if (count > 0) place.at = block(place.block).begin();
    }
}

std::size_t List::erase_equal(std::string_view text, End from, std::size_t max)
{
    const Element wanted = element_of(text);
    std::size_t erased = 0;
    std::size_t index = from == End::head ? 0 : blocks() - 1;
    for (std::size_t left = blocks(); left > 0 && erased < max; --left) {
        const std::size_t here = erase_from(block(index), wanted, from, max - erased);
        grow(-static_cast<std::ptrdiff_t>(here));
        erased += here;
        const bool dropped = drop_if_empty(index);
        if (from == End::tail)
            --index;
        else if (!dropped)
            ++index;
    }
    return erased;
}

void List::add_block(std::size_t index, Listpack block)
{
    const std::size_t size = block.size();
    spread();
    large_->blocks.insert(large_->blocks.begin() + static_cast<long>(index), std::move(block));
    large_->size += size;
}

bool List::drop_if_empty(std::size_t index)
{
    if (packed() || !large_->blocks[index].empty()) return false;
    large_->blocks.erase(large_->blocks.begin() + static_cast<long>(index));
    return true;
}

void List::spread()
{
    if (!packed()) return;
    auto large = std::make_unique<Large>();
    large->blocks.emplace_back();
    large->blocks[0] = Listpack::adopt(pack_.release());
    large->size = large->blocks[0].size();
    large_ = std::move(large);
}

}  // namespace mini_redis::values
