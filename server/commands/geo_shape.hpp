// A circle or a rectangle on the earth, and the cells of the grid that cover it.
#pragma once

#include "server/commands/geohash.hpp"

#include <optional>
#include <vector>

namespace mini_redis::commands {

class GeoShape {
public:
    // In metres.
    static GeoShape circle(double radius) { return {radius, radius, radius, true}; }
    static GeoShape box(double width, double height);

    void place(const Position& centre) { centre_ = centre; }

    // From the centre, of what lies within.
    std::optional<double> distance_within(const Position& position) const;

    // No two are the same; they follow each other as those of Redis.
    std::vector<GeoCell> cells() const;

private:
    GeoShape(double reach_east, double reach_north, double reach, bool round)
        : reach_east_(reach_east), reach_north_(reach_north), reach_(reach), round_(round)
    {
    }

    Region bounds() const;
    unsigned step() const;

    // From the centre: to the side, upwards, to the point that is furthest away.
    double reach_east_;
    double reach_north_;
    double reach_;
    bool round_;
    Position centre_;
};

}  // namespace mini_redis::commands
