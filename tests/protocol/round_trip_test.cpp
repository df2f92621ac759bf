// What the writer writes, the reply parser reads: random values, both dialects, any split.
#include "protocol/reply_parser.hpp"
#include "protocol/writer.hpp"

#include <cmath>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::protocol {
namespace {

using Kind = Value::Kind;

class Source {
public:
    explicit Source(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return random_() % bound; }

    std::string text(bool any_byte)
    {
        std::string text(below(below(20) == 0 ? 2000 : 20), ' ');
        for (char& c : text) c = static_cast<char>(any_byte ? below(256) : 'a' + below(26));
        return text;
    }

    // A value that RESP3 can say.
    Value value(std::size_t depth)
    {
        Value value;
        value.kind = static_cast<Kind>(below(depth == 0 ? 9 : 13));
        switch (value.kind) {
            case Kind::null:
                break;
            case Kind::simple:
            case Kind::error:
                value.text = text(false);
                break;
            case Kind::integer:
                value.integer = static_cast<std::int64_t>(random_() >> below(64));
                break;
            case Kind::bulk:
                value.text = text(true);
                break;
            case Kind::boolean:
                value.integer = static_cast<std::int64_t>(below(2));
                break;
            case Kind::number:
                value.number = std::ldexp(static_cast<double>(below(1 << 30)),
                                          static_cast<int>(below(60)) - 30);
                break;
            case Kind::big_number:
                value.text = "-123456789012345678901234567890";
                break;
            case Kind::verbatim:
                value.text = text(true), value.format = "txt";
                break;
            case Kind::array:
            case Kind::set:
            case Kind::push:
                add_children(value.children, below(12), depth);
                break;
            case Kind::map:
                add_children(value.children, 2 * below(6), depth);
                break;
        }
        if (below(10) == 0) add_children(value.attributes, 2 * below(3), depth == 0 ? 1 : depth);
        return value;
    }

private:
    void add_children(std::vector<Value>& children, std::size_t count, std::size_t depth)
    {
        while (count-- != 0) children.push_back(value(depth - 1));
    }

    std::mt19937_64 random_;
};

void write(Writer& writer, const Value& value)
{
    if (writer.dialect() == Dialect::resp3 && !value.attributes.empty()) {
        writer.attribute(value.attributes.size() / 2);
        for (const Value& part : value.attributes) write(writer, part);
    }
    switch (value.kind) {
        case Kind::null:
            writer.null();
            break;
        case Kind::simple:
            writer.simple(value.text);
            break;
        case Kind::error:
            writer.error(value.text);
            break;
        case Kind::integer:
            writer.integer(value.integer);
            break;
        case Kind::bulk:
            writer.bulk(value.text);
            break;
        case Kind::boolean:
            writer.boolean(value.integer != 0);
            break;
        case Kind::number:
            writer.number(value.number);
            break;
        case Kind::big_number:
            writer.big_number(value.text);
            break;
        case Kind::verbatim:
            writer.verbatim(value.format, value.text);
            break;
        case Kind::array:
            writer.array(value.children.size());
            break;
        case Kind::map:
            writer.map(value.children.size() / 2);
            break;
        case Kind::set:
            writer.set(value.children.size());
            break;
        case Kind::push:
            writer.push(value.children.size());
            break;
    }
    for (const Value& child : value.children) write(writer, child);
}

// What is left of a value when it has been said in RESP2.
Value in_resp2(Value value)
{
    value.attributes.clear();
    switch (value.kind) {
        case Kind::boolean:
            value.kind = Kind::integer;
            break;
        case Kind::number: {
            char text[double_chars_max];
            value.text.assign(text, format_double(text, value.number));
            value.number = 0;
            value.kind = Kind::bulk;
            break;
        }
        case Kind::big_number:
            value.kind = Kind::bulk;
            break;
        case Kind::verbatim:
            value.kind = Kind::bulk, value.format.clear();
            break;
        case Kind::map:
        case Kind::set:
        case Kind::push:
            value.kind = Kind::array;
            break;
        default:
            break;
    }
    for (Value& child : value.children) child = in_resp2(std::move(child));
    return value;
}

Value read(std::string_view bytes, std::size_t step)
{
    ReplyParser parser;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        const auto part = bytes.substr(at, step);
        EXPECT_EQ(parser.feed(part), part.size());
    }
    EXPECT_EQ(parser.error(), "");
    EXPECT_TRUE(parser.ready());
    return parser.take();
}

TEST(RoundTrip, WhatIsWrittenIsRead)
{
    Source source(3);
    for (int i = 0; i < 2000; ++i) {
        const Value value = source.value(4);
        for (const auto dialect : {Dialect::resp2, Dialect::resp3}) {
            Buffer buffer;
            Writer writer(buffer, dialect);
            write(writer, value);
            const Value expected = dialect == Dialect::resp2 ? in_resp2(value) : value;
            const auto step = 1 + source.below(buffer.size());
            ASSERT_EQ(read(buffer.view(), step), expected) << to_text(expected);
        }
    }
}

}  // namespace
}  // namespace mini_redis::protocol
