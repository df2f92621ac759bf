// The grid: cells, their neighbours and scores; and the shapes that cells cover.
#include "server/commands/geohash.hpp"

#include "server/commands/geo_shape.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace mini_redis::commands {
namespace {

constexpr Position palermo{13.361389, 38.115556};
constexpr Position catania{15.087269, 37.502669};

class Earth : public testing::Test {
protected:
    double between(double min, double max)
    {
        return std::uniform_real_distribution<double>(min, max)(random_);
    }
    Position anywhere() { return {between(-180, 180), between(world.south, world.north)}; }

    std::mt19937_64 random_{1};
};

TEST_F(Earth, KnowsWhatIsWrittenOfIt)
{
    const GeoCell cell(palermo, GeoCell::step_max);
    EXPECT_EQ(cell.scores().first, 3479099956230698);
    EXPECT_EQ(geohash_text(cell.centre()), "sqc8b49rny0");
    EXPECT_NEAR(distance(palermo, catania), 166274.2, 0.1);
    EXPECT_EQ(distance(palermo, palermo), 0);
}

TEST_F(Earth, IsCutIntoCellsThatHoldTheirPositions)
{
    for (int i = 0; i < 10'000; ++i) {
        const Position position = anywhere();
        const GeoCell finest(position, GeoCell::step_max);
        const double score = finest.scores().first;
        EXPECT_EQ(GeoCell(score), finest);
        EXPECT_TRUE(finest.region().contains(position));
        EXPECT_LT(distance(position, finest.centre()), 0.6);
        const unsigned step = 1 + static_cast<unsigned>(random_() % GeoCell::step_max);
        const GeoCell cell(position, step);
        EXPECT_TRUE(cell.region().contains(position));
        EXPECT_GE(score, cell.scores().first);
        EXPECT_LT(score, cell.scores().end);
    }
}

TEST_F(Earth, IsRound)
{
    for (int i = 0; i < 1000; ++i) {
        const unsigned step = 1 + static_cast<unsigned>(random_() % GeoCell::step_max);
        const GeoCell cell(anywhere(), step);
        EXPECT_EQ(cell.moved(1, 0).moved(-1, 0), cell);
        EXPECT_EQ(cell.moved(1, 1).moved(-1, -1), cell);
    }
    const GeoCell eastern({179.9, 0}, 10);
    EXPECT_EQ(eastern.moved(1, 0), GeoCell({-179.9, 0}, 10));
}

TEST_F(Earth, TakesAnyScoreForAPosition)
{
    for (const double score : {-1.0, -1e300, 1e300, 0x1p52, 0x1p63, 0x1p64, -0.5, 1e18}) {
        const Position position = GeoCell(score).centre();
        EXPECT_TRUE(world.contains(position)) << score;
    }
}

// Away from the poles and from the edge of the map, which Redis' cells do not reach across.
TEST_F(Earth, IsCoveredWhereAShapeLies)
{
    for (int i = 0; i < 20'000; ++i) {
        const Position centre{between(-90, 90), between(-60, 60)};
        const double reach = std::pow(10, between(0, 6));
        GeoShape shape = i % 2 == 0 ? GeoShape::circle(reach)
                                    : GeoShape::box(2 * reach, between(0.1, 2) * reach);
        shape.place(centre);
        const double degrees_away = degrees(reach / earth_radius_m) * 1.2;
        const Position position{centre.longitude + between(-2, 2) * degrees_away,
                                centre.latitude + between(-1, 1) * degrees_away};
        if (!world.contains(position) || !shape.distance_within(position)) continue;
        const double score = GeoCell(position, GeoCell::step_max).scores().first;
        const auto cells = shape.cells();
        EXPECT_TRUE(std::ranges::any_of(cells,
                                        [&](const GeoCell& cell) {
                                            const auto scores = cell.scores();
                                            return score >= scores.first && score < scores.end;
                                        }))
            << position.longitude << ' ' << position.latitude << ' ' << reach;
    }
}

}  // namespace
}  // namespace mini_redis::commands
