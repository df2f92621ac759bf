// Values compare by content and can be shown.
#include "protocol/value.hpp"

#include <cmath>
#include <utility>

#include <gtest/gtest.h>

namespace mini_redis::protocol {
namespace {

using Kind = Value::Kind;

Value integer(std::int64_t number)
{
    Value value;
    value.kind = Kind::integer;
    value.integer = number;
    return value;
}

Value text(Kind kind, std::string content)
{
    Value value;
    value.kind = kind;
    value.text = std::move(content);
    return value;
}

Value number(double content, std::string as_received)
{
    Value value = text(Kind::number, std::move(as_received));
    value.number = content;
    return value;
}

Value array(std::vector<Value> children)
{
    Value value;
    value.kind = Kind::array;
    value.children = std::move(children);
    return value;
}

TEST(Value, IsEqualToWhatHasTheSameContent)
{
    EXPECT_EQ(integer(1), integer(1));
    EXPECT_NE(integer(1), integer(2));
    EXPECT_NE(text(Kind::bulk, "a"), text(Kind::bulk, "b"));
    EXPECT_NE(text(Kind::bulk, "a"), text(Kind::simple, "a"));
    EXPECT_EQ(array({integer(1)}), array({integer(1)}));
    EXPECT_NE(array({integer(1)}), array({integer(2)}));
    Value attributed = integer(1);
    attributed.attributes = {integer(2), integer(3)};
    EXPECT_NE(attributed, integer(1));
    Value markdown = text(Kind::verbatim, "a");
    markdown.format = "mkd";
    EXPECT_NE(markdown, text(Kind::verbatim, "a"));
}

TEST(Value, ComparesNumbersByValueAndNaNWithItself)
{
    EXPECT_EQ(number(1, "1"), number(1, "1.0"));
    EXPECT_EQ(number(NAN, "nan"), number(NAN, "-nan"));
    EXPECT_NE(number(1, "1"), number(NAN, "nan"));
}

TEST(Value, AlignsTheNumbersOfLongLists)
{
    std::vector<Value> integers;
    for (int i = 1; i <= 10; ++i) integers.push_back(integer(i));
    const auto shown = to_text(array(integers));
    EXPECT_TRUE(shown.starts_with(" 1) (integer) 1\n 2) (integer) 2\n")) << shown;
    EXPECT_TRUE(shown.ends_with("\n10) (integer) 10")) << shown;
}

}  // namespace
}  // namespace mini_redis::protocol
