// Which cells are large enough, and which of them may be left out.
#include "server/commands/geo_shape.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mini_redis::commands {
namespace {

// From the centre outwards: columns to the east and rows to the north.
struct Move {
    int east;
    int north;
};
constexpr std::array<Move, 9> moves{
    {{0, 0}, {0, 1}, {0, -1}, {1, 0}, {-1, 0}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1}}};

// A cell and its neighbours reach as far as this in all directions.
bool surrounds(const GeoCell& cell, const Region& bounds)
{
    return cell.moved(0, 1).region().north >= bounds.north &&
           cell.moved(0, -1).region().south <= bounds.south &&
           cell.moved(1, 0).region().east >= bounds.east &&
           cell.moved(-1, 0).region().west <= bounds.west;
}

// Whether what is looked for ends before the neighbour there begins.
bool ends_before(const Move& move, const Region& cell, const Region& bounds)
{
    return (move.north < 0 && cell.south < bounds.south) ||
           (move.north > 0 && cell.north > bounds.north) ||
           (move.east < 0 && cell.west < bounds.west) || (move.east > 0 && cell.east > bounds.east);
}

}  // namespace

GeoShape GeoShape::box(double width, double height)
{
    const double east = width / 2;
    const double north = height / 2;
    return {east, north, std::sqrt(east * east + north * north), false};
}

std::optional<double> GeoShape::distance_within(const Position& position) const
{
    if (!round_) {
        const double east = distance(position, {centre_.longitude, position.latitude});
        const double north = distance(position, {position.longitude, centre_.latitude});
        if (east > reach_east_ || north > reach_north_) return std::nullopt;
    }
    const double away = distance(centre_, position);
    if (round_ && away > reach_) return std::nullopt;
    return away;
}

// Its width in degrees is that on the side that is nearer to a pole.
Region GeoShape::bounds() const
{
    const double up = degrees(reach_north_ / earth_radius_m);
    const double polar = centre_.latitude < 0 ? centre_.latitude - up : centre_.latitude + up;
    const double side = degrees(reach_east_ / earth_radius_m / std::cos(radians(polar)));
    return {.west = centre_.longitude - side,
            .south = centre_.latitude - up,
            .east = centre_.longitude + side,
            .north = centre_.latitude + up};
}

// The largest whose cells are about as wide as the shape reaches. Towards the poles they are
// narrower than at the equator.
unsigned GeoShape::step() const
{
    constexpr double half_equator_m = 20037726.37;  // of Mercator's map
    if (reach_ == 0) return GeoCell::step_max;
    int step = -1;
    double reach = reach_;
    while (reach < half_equator_m) {
        reach *= 2;
        ++step;
    }
    const double latitude = std::abs(centre_.latitude);
    step -= latitude > 80 ? 2 : latitude > 66 ? 1 : 0;
    return static_cast<unsigned>(std::clamp(step, 1, static_cast<int>(GeoCell::step_max)));
}

std::vector<GeoCell> GeoShape::cells() const
{
    const Region bounds = this->bounds();
    GeoCell middle(centre_, step());
    if (middle.step() > 1 && !surrounds(middle, bounds))
        middle = GeoCell(centre_, middle.step() - 1);
    std::vector<GeoCell> cells;
    for (const Move& move : moves) {
        if (middle.step() >= 2 && ends_before(move, middle.region(), bounds)) continue;
        const GeoCell cell = middle.moved(move.east, move.north);
        if (cells.size() < 2 || cells.back() != cell) cells.push_back(cell);
    }
    return cells;
}

}  // namespace mini_redis::commands
