// Positions on the earth as one number: the cells of a grid that is halved again and again.
//
//     +---+---+   step 1: row and column are a bit each; the bits of a cell are those of its column
//   1 | 1 | 3 |   and its row in turn, the column's first. Step n has n bits of either, and cells
//     +---+---+   that are near each other often have numbers that are. A score is a cell of step
//   0 | 0 | 2 |   26, so a sorted set has the members of any larger cell side by side.
//     +---+---+
//       0   1     west to east, south to north
//
// The idea is G. M. Morton's and G. Niemeyer's; the world's limits, which are Mercator's, and the
// earth's radius are those of Redis. This is arithmetic and knows no keys.
#pragma once

#include <cstdint>
#include <numbers>
#include <string>

namespace mini_redis::commands {

struct Position {
    double longitude = 0;
    double latitude = 0;
};

// In degrees.
struct Region {
    double west;
    double south;
    double east;
    double north;

    bool contains(const Position& position) const
    {
        return position.longitude >= west && position.longitude <= east &&
               position.latitude >= south && position.latitude <= north;
    }
};

inline constexpr Region world{-180, -85.05112878, 180, 85.05112878};
inline constexpr double earth_radius_m = 6372797.560856;

constexpr double radians(double degrees)
{
    return degrees * (std::numbers::pi / 180);
}
constexpr double degrees(double radians)
{
    return radians / (std::numbers::pi / 180);
}

class GeoCell {
public:
    static constexpr unsigned step_max = 26;

    // The one a position lies in.
    GeoCell(const Position& position, unsigned step, const Region& whole = world);
    // That of a score, of any score: it may not be one.
    explicit GeoCell(double score);

    unsigned step() const { return step_; }
    std::uint64_t bits() const;
    Region region() const;
    Position centre() const;

    // So many columns to the east and rows to the north, around the world.
    GeoCell moved(int columns, int rows) const;

    // The scores of positions in it are from `first` to below `end`.
    struct Scores {
        double first;
        double end;

        bool too_low(const auto& item) const { return item.score() < first; }
        bool too_high(const auto& item) const { return item.score() >= end; }
    };
    Scores scores() const;

    bool operator==(const GeoCell&) const = default;

private:
    GeoCell(std::uint32_t column, std::uint32_t row, unsigned step)
        : column_(column), row_(row), step_(step)
    {
    }

    std::uint32_t column_;
    std::uint32_t row_;
    unsigned step_;
};

// Over the surface, in metres.
double distance(const Position& a, const Position& b);

// The standard text: eleven letters, the last of which is always 0.
std::string geohash_text(const Position& position);

}  // namespace mini_redis::commands
