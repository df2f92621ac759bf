// Bits of columns and rows, and distances by the haversine.
#include "server/commands/geohash.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace mini_redis::commands {
namespace {

// Each bit at twice its place, by halves, and back.
constexpr std::uint64_t spread(std::uint64_t bits)
{
    bits = (bits | bits << 16) & 0x0000'ffff'0000'ffff;
    bits = (bits | bits << 8) & 0x00ff'00ff'00ff'00ff;
    bits = (bits | bits << 4) & 0x0f0f'0f0f'0f0f'0f0f;
    bits = (bits | bits << 2) & 0x3333'3333'3333'3333;
    return (bits | bits << 1) & 0x5555'5555'5555'5555;
}

constexpr std::uint32_t gather(std::uint64_t bits)
{
    bits &= 0x5555'5555'5555'5555;
    bits = (bits | bits >> 1) & 0x3333'3333'3333'3333;
    bits = (bits | bits >> 2) & 0x0f0f'0f0f'0f0f'0f0f;
    bits = (bits | bits >> 4) & 0x00ff'00ff'00ff'00ff;
    bits = (bits | bits >> 8) & 0x0000'ffff'0000'ffff;
    return static_cast<std::uint32_t>(bits | bits >> 16);
}

// What x86 makes of any number, as Redis does: negative ones count from 2^64 down, and what fits
// into no register is 2^63 or 0.
std::uint64_t bits_of(double score)
{
    constexpr double limit = 0x1p63;
    constexpr std::uint64_t top = std::uint64_t{1} << 63;
    if (score < limit)
        return score < -limit ? top : static_cast<std::uint64_t>(static_cast<std::int64_t>(score));
    return score < 2 * limit ? static_cast<std::uint64_t>(score) : 0;
}

// (At the very end of the world it is one more than there are.)
std::uint32_t part_of(double value, double min, double max, unsigned step)
{
    return static_cast<std::uint32_t>((value - min) / (max - min) *
                                      static_cast<double>(std::uint64_t{1} << step));
}

double edge(std::uint32_t index, double min, double max, unsigned step)
{
    const auto parts = static_cast<double>(std::uint64_t{1} << step);
    return min + static_cast<double>(index) / parts * (max - min);
}

std::uint32_t around(std::uint32_t index, int by, unsigned step)
{
    if (by == 0) return index;
    return (index + static_cast<std::uint32_t>(by)) & ((std::uint32_t{1} << step) - 1);
}

}  // namespace

GeoCell::GeoCell(const Position& position, unsigned step, const Region& whole)
    : column_(part_of(position.longitude, whole.west, whole.east, step)),
      row_(part_of(position.latitude, whole.south, whole.north, step)),
      step_(step)
{
}

GeoCell::GeoCell(double score)
    : column_(gather(bits_of(score) >> 1)), row_(gather(bits_of(score))), step_(step_max)
{
}

std::uint64_t GeoCell::bits() const
{
    return spread(column_) << 1 | spread(row_);
}

Region GeoCell::region() const
{
    return {.west = edge(column_, world.west, world.east, step_),
            .south = edge(row_, world.south, world.north, step_),
            .east = edge(column_ + 1, world.west, world.east, step_),
            .north = edge(row_ + 1, world.south, world.north, step_)};
}

Position GeoCell::centre() const
{
    const Region cell = region();
    return {std::clamp((cell.west + cell.east) / 2, world.west, world.east),
            std::clamp((cell.south + cell.north) / 2, world.south, world.north)};
}

GeoCell GeoCell::moved(int columns, int rows) const
{
    return {around(column_, columns, step_), around(row_, rows, step_), step_};
}

GeoCell::Scores GeoCell::scores() const
{
    const unsigned shift = 2 * (step_max - step_);
    return {static_cast<double>(bits() << shift), static_cast<double>((bits() + 1) << shift)};
}

double distance(const Position& a, const Position& b)
{
    const double a_latitude = radians(a.latitude);
    const double b_latitude = radians(b.latitude);
    const double u = std::sin((b_latitude - a_latitude) / 2);
    const double v = std::sin((radians(b.longitude) - radians(a.longitude)) / 2);
    return 2 * earth_radius_m *
           std::asin(std::sqrt(u * u + std::cos(a_latitude) * std::cos(b_latitude) * v * v));
}

std::string geohash_text(const Position& position)
{
    constexpr std::string_view letters = "0123456789bcdefghjkmnpqrstuvwxyz";
    constexpr Region all_latitudes{-180, -90, 180, 90};
    const GeoCell cell(position, GeoCell::step_max, all_latitudes);
    std::string text;
    for (int shift = 47; shift > 0; shift -= 5) text += letters[cell.bits() >> shift & 31];
    return text + letters[0];
}

}  // namespace mini_redis::commands
