// What GEOSEARCH, GEORADIUS and their relatives ask for: the members of a sorted set of positions
// that lie in a shape, in an order, with what is wanted of each.
//
// Redis reads the words from left to right and looks up members on its way, so the first thing
// wrong is what it tells.
#pragma once

#include "server/commands/geo_shape.hpp"
#include "server/commands/sorted_sets.hpp"

#include <vector>

namespace mini_redis::commands {

// False, and an error written, if it is none.
bool read_position(Word longitude, Word latitude, Position& position, Writer& reply);
// In metres.
std::optional<double> unit_of(Word word);
void reply_with_distance(double distance, Writer& reply);
void reply_with_position(const Position& position, Writer& reply);

inline constexpr std::string_view no_unit =
    "ERR unsupported unit provided. please use M, KM, FT, MI";

class GeoQuery {
public:
    // What names the shape: words at the beginning, or options.
    enum class Shape : std::uint8_t { by_options, by_position, by_member };
    struct Kind {
        Shape shape = Shape::by_options;
        bool stores = false;  // whatever the options say
        Keys destinations;    // that options may name
    };

    GeoQuery(const Kind& kind, const SortedSet* set) : kind_(kind), set_(set) {}

    // False, and an error written, if the words make no sense to the command of that name.
    bool read(Words words, std::string_view name, Writer& reply);

    // Where the result is to be stored, if an option says so.
    const Key* destination() const { return destination_; }

    void reply_with_found(Writer& reply) const;
    // To be stored.
    SortedSet found() const;

private:
    struct Found {
        Element member;
        double score;
        Position position;
        double distance;    // in metres
        std::size_t place;  // among those that were found
    };

    bool read_shape(Arguments& in, Writer& reply);
    bool read_option(Arguments& in, Writer& reply);
    bool read_shape_option(Arguments& in, Writer& reply);
    bool read_count(Word word, Writer& reply);
    bool read_circle(Arguments& in, Writer& reply);
    bool read_box(Arguments& in, Writer& reply);
    bool read_destination(Arguments& in, bool distances, Writer& reply);
    bool find_centre(Word member, Writer& reply);
    bool check(std::string_view name, Writer& reply) const;

    std::vector<Found> search() const;
    void arrange(std::vector<Found>& found) const;

    Kind kind_;
    const SortedSet* set_;
    std::optional<Position> centre_;
    bool from_member_ = false;
    std::optional<GeoShape> shape_;
    bool boxed_ = false;
    double unit_ = 1;
    std::optional<Order> order_;
    std::size_t count_ = 0;  // 0 is no limit
    bool any_ = false;
    bool with_distance_ = false;
    bool with_hash_ = false;
    bool with_position_ = false;
    bool stores_distances_ = false;
    const Key* destination_ = nullptr;

public:
    // How the words are described; those that are no mere tokens are read by hand.
    static constexpr auto unit =
        one_of("unit", token("M", &GeoQuery::unit_, 1.0), token("KM", &GeoQuery::unit_, 1000.0),
               token("FT", &GeoQuery::unit_, 0.3048), token("MI", &GeoQuery::unit_, 1609.34));
    static constexpr auto from = one_of(
        "from", token_arg("FROMMEMBER", word("member")),
        token_arg("FROMLONLAT", block("longitude_latitude", word("longitude", ArgumentType::real),
                                      word("latitude", ArgumentType::real))));
    static constexpr auto by = one_of(
        "by", block("circle", token_arg("BYRADIUS", word("radius", ArgumentType::real)), unit),
        block("box", token_arg("BYBOX", word("width", ArgumentType::real)),
              word("height", ArgumentType::real), unit));
    static constexpr auto order = one_of("order", token("ASC", &GeoQuery::order_, Order::ascending),
                                         token("DESC", &GeoQuery::order_, Order::descending));
    static constexpr auto any = token("ANY", &GeoQuery::any_);
    static constexpr auto with_position = token("WITHCOORD", &GeoQuery::with_position_);
    static constexpr auto with_distance = token("WITHDIST", &GeoQuery::with_distance_);
    static constexpr auto with_hash = token("WITHHASH", &GeoQuery::with_hash_);
    static constexpr auto store_distances = token("STOREDIST", &GeoQuery::stores_distances_);
};

}  // namespace mini_redis::commands
