// Finding what is asked for, and replying with it.
#include "server/commands/geo_query.hpp"
#include "server/commands/partial_quicksort.hpp"

#include <algorithm>

namespace mini_redis::commands {

std::vector<GeoQuery::Found> GeoQuery::search() const
{
    std::vector<Found> all;
    if (!set_) return all;
    GeoShape shape = *shape_;
    shape.place(*centre_);
    const std::size_t enough = any_ ? count_ : 0;
    const auto add = [&](const Element& member, double score) {
        const Position position = GeoCell(score).centre();
        const auto away = shape.distance_within(position);
        if (away) all.push_back({member, score, position, *away, all.size()});
        return !away || all.size() != enough;
    };
    for (const GeoCell& cell : shape.cells()) {
        set_->walk(set_->within(cell.scores()), Order::ascending, add);
        if (enough != 0 && all.size() == enough) break;
    }
    arrange(all);
    return all;
}

// Where only some are wanted, and not any, they are the nearest ones.
void GeoQuery::arrange(std::vector<Found>& found) const
{
    const std::size_t wanted = count_ == 0 ? found.size() : std::min(count_, found.size());
    const bool descending = order_ == Order::descending;
    const auto compare = [&](const Found& a, const Found& b) {
        if (a.distance == b.distance) return 0;
        return (a.distance < b.distance) != descending ? -1 : 1;
    };
    const bool sorted = order_ || (count_ != 0 && !any_);
    if (sorted && wanted == found.size()) {
        std::ranges::sort(found, [&](const Found& a, const Found& b) {
            const int result = compare(a, b);
            return result != 0 ? result < 0 : a.place < b.place;
        });
    } else if (sorted) {
        partial_quicksort(std::span(found), wanted, compare);
    }
    found.resize(wanted);
}

void GeoQuery::reply_with_found(Writer& reply) const
{
    const std::vector<Found> all = search();
    const std::size_t details = std::size_t{with_distance_} + with_hash_ + with_position_;
    reply.array(all.size());
    for (const Found& one : all) {
        if (details != 0) reply.array(1 + details);
        reply_with(one.member, reply);
        if (with_distance_) reply_with_distance(one.distance / unit_, reply);
        if (with_hash_) reply.integer(static_cast<std::int64_t>(one.score));
        if (with_position_) reply_with_position(one.position, reply);
    }
}

SortedSet GeoQuery::found() const
{
    SortedSet result;
    for (const Found& one : search()) {
        Element::Scratch scratch;
        result.set(one.member.text(scratch), stores_distances_ ? one.distance / unit_ : one.score,
                   {0, 0});
    }
    return result;
}

}  // namespace mini_redis::commands
