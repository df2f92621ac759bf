// Reading what is asked for.
#include "server/commands/geo_query.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>

namespace mini_redis::commands {
namespace {

bool read_length(Word word, double& length, std::string_view wrong, Writer& reply)
{
    const auto number = protocol::parse_double(word);
    if (!number) return reply.error(wrong), false;
    return length = *number, true;
}

}  // namespace

bool read_position(Word longitude, Word latitude, Position& position, Writer& reply)
{
    if (!read_length(longitude, position.longitude, errors::not_a_float, reply) ||
        !read_length(latitude, position.latitude, errors::not_a_float, reply))
        return false;
    if (world.contains(position)) return true;
    reply.error(fmt::format("ERR invalid longitude,latitude pair {:f},{:f}", position.longitude,
                            position.latitude));
    return false;
}

std::optional<double> unit_of(Word word)
{
    struct Unit {
        std::string_view name;
        double metres;
    };
    for (const Unit& unit : {Unit{"m", 1}, {"km", 1000}, {"ft", 0.3048}, {"mi", 1609.34}})
        if (protocol::equal_ignoring_case(word, unit.name)) return unit.metres;
    return std::nullopt;
}

void reply_with_distance(double distance, Writer& reply)
{
    char digits[protocol::double_chars_max];
    const auto end = std::to_chars(digits, std::end(digits), distance, std::chars_format::fixed, 4);
    reply.bulk({digits, end.ptr});
}

void reply_with_position(const Position& position, Writer& reply)
{
    reply.array(2);
    reply.human_number(position.longitude);
    reply.human_number(position.latitude);
}

bool GeoQuery::read(Words words, std::string_view name, Writer& reply)
{
    Arguments in(words, 0, {});
    if (!read_shape(in, reply)) return false;
    while (!in.done())
        if (!read_option(in, reply)) return false;
    return check(name, reply);
}

// (Where there is no set, a member's neighbourhood is not looked at, not even its radius.)
bool GeoQuery::read_shape(Arguments& in, Writer& reply)
{
    if (kind_.shape == Shape::by_options) return true;
    if (kind_.shape == Shape::by_position) {
        const Words position = in.take(2);
        return read_position(position[0], position[1], centre_.emplace(), reply) &&
               read_circle(in, reply);
    }
    if (!set_) return in.take(3), true;
    return find_centre(in.take(), reply) && read_circle(in, reply);
}

bool GeoQuery::find_centre(Word member, Writer& reply)
{
    const auto score = set_->score(member);
    if (!score) return reply.error("ERR could not decode requested zset member"), false;
    return centre_ = GeoCell(*score).centre(), true;
}

bool GeoQuery::read_circle(Arguments& in, Writer& reply)
{
    double radius = 0;
    if (!read_length(in.take(), radius, "ERR need numeric radius", reply)) return false;
    if (radius < 0) return reply.error("ERR radius cannot be negative"), false;
    const auto metres = unit_of(in.take());
    if (!metres) return reply.error(no_unit), false;
    unit_ = *metres;
    shape_ = GeoShape::circle(radius * unit_);
    return true;
}

bool GeoQuery::read_box(Arguments& in, Writer& reply)
{
    double width = 0;
    double height = 0;
    if (!read_length(in.take(), width, "ERR need numeric width", reply) ||
        !read_length(in.take(), height, "ERR need numeric height", reply))
        return false;
    if (width < 0 || height < 0)
        return reply.error("ERR height or width cannot be negative"), false;
    const auto metres = unit_of(in.take());
    if (!metres) return reply.error(no_unit), false;
    unit_ = *metres;
    shape_ = GeoShape::box(width * unit_, height * unit_);
    return boxed_ = true;
}

bool GeoQuery::read_option(Arguments& in, Writer& reply)
{
    const auto reads = [&](const auto& option) {
        int unused = -1;
        return option.match(*this, in, unused) != dispatch::Match::no;
    };
    if (reads(with_distance) || reads(with_hash) || reads(with_position) || reads(any) ||
        reads(order))
        return true;
    if (in.left() > 1 && in.take_token("COUNT")) return read_count(in.take(), reply);
    if (kind_.shape == Shape::by_options) {
        if (kind_.stores && reads(store_distances)) return true;
        return read_shape_option(in, reply);
    }
    if (!kind_.destinations.empty() && in.left() > 1) {
        if (in.take_token("STORE")) return read_destination(in, false, reply);
        if (in.take_token("STOREDIST")) return read_destination(in, true, reply);
    }
    return reply.error(errors::syntax), false;
}

bool GeoQuery::read_count(Word word, Writer& reply)
{
    const auto count = protocol::parse_integer(word);
    if (!count) return reply.error(errors::not_an_integer), false;
    if (*count <= 0) return reply.error("ERR COUNT must be > 0"), false;
    return count_ = static_cast<std::size_t>(*count), true;
}

// The last one counts. One that was not found before, and so is not locked, cannot be it: that
// happens where another one is itself called STORE.
bool GeoQuery::read_destination(Arguments& in, bool distances, Writer& reply)
{
    const auto key = std::ranges::find(kind_.destinations, in.take(), &Key::name);
    if (key == kind_.destinations.end()) return reply.error(errors::syntax), false;
    destination_ = &*key;
    stores_distances_ = distances;
    return true;
}

bool GeoQuery::read_shape_option(Arguments& in, Writer& reply)
{
    const bool from_position = centre_ && !from_member_;
    if (in.left() > 1 && !from_position && in.take_token("FROMMEMBER")) {
        from_member_ = true;
        const Word member = in.take();
        return !set_ || find_centre(member, reply);
    }
    if (in.left() > 2 && !from_member_ && in.take_token("FROMLONLAT")) {
        const Words position = in.take(2);
        return read_position(position[0], position[1], centre_.emplace(), reply);
    }
    const bool circle = shape_ && !boxed_;
    if (in.left() > 2 && !boxed_ && in.take_token("BYRADIUS")) return read_circle(in, reply);
    if (in.left() > 3 && !circle && in.take_token("BYBOX")) return read_box(in, reply);
    return reply.error(errors::syntax), false;
}

bool GeoQuery::check(std::string_view name, Writer& reply) const
{
    const bool by_options = kind_.shape == Shape::by_options;
    if ((kind_.stores || destination_) && (with_distance_ || with_hash_ || with_position_)) {
        reply.error(
            fmt::format("ERR {} is not compatible with WITHDIST, WITHHASH and WITHCOORD "
                        "options",
                        by_options ? "GEOSEARCHSTORE" : "STORE option in GEORADIUS"));
        return false;
    }
    if (by_options && !centre_ && !from_member_) {
        reply.error(fmt::format(
            "ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for {}", name));
        return false;
    }
    if (by_options && !shape_) {
        reply.error(
            fmt::format("ERR exactly one of BYRADIUS and BYBOX can be specified for {}", name));
        return false;
    }
    if (any_ && count_ == 0)
        return reply.error("ERR the ANY argument requires COUNT argument"), false;
    return true;
}

}  // namespace mini_redis::commands
