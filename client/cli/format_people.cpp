// For people: one line for a scalar, numbered lines for the elements of the rest.
//
//   1) "a"            an array; sets count by 1~, maps by 1#, attributes by 1|
//   2) 1# "k" => (integer) 7
//      2# "l" =>
//         1) "x"      what takes several lines begins on its own
//         2) "y"
#include "client/cli/format.hpp"
#include "protocol/text.hpp"

namespace mini_redis::cli {
namespace {

using protocol::Value;
using Kind = Value::Kind;
using Children = std::vector<Value>;

void append_value(std::string& out, const Value& value, std::size_t indent);

std::string scalar(const Value& value)
{
    switch (value.kind) {
        case Kind::null:
            return "(nil)";
        case Kind::error:
            return "(error) " + value.text;
        case Kind::integer:
            return "(integer) " + std::to_string(value.integer);
        case Kind::bulk:
            return protocol::quote(value.text);
        case Kind::boolean:
            return value.integer != 0 ? "(true)" : "(false)";
        case Kind::number:
            return "(double) " + value.text;
        case Kind::big_number:
            return "(big number) " + value.text;
        case Kind::array:
            return "(empty array)";
        case Kind::map:
            return "(empty hash)";
        case Kind::set:
            return "(empty set)";
        case Kind::push:
            return "(empty push)";
        case Kind::simple:
        case Kind::verbatim:
            break;
    }
    return value.text;
}

char mark_of(Kind kind)
{
    return kind == Kind::map ? '#' : kind == Kind::set ? '~' : ')';
}

bool takes_several_lines(const Value& value)
{
    const std::size_t step = value.kind == Kind::map ? 2 : 1;
    if (!value.attributes.empty() || value.children.size() > step) return true;
    return !value.children.empty() && takes_several_lines(value.children.back());
}

// The first line is not indented: who calls has written what stands before it.
void append_children(std::string& out, const Children& children, char mark, std::size_t indent)
{
    const std::size_t step = mark == '#' || mark == '|' ? 2 : 1;
    const auto width = std::to_string(children.size() / step).size();
    for (std::size_t i = 0; i < children.size(); i += step) {
        if (i != 0) out.append(indent, ' ');
        const auto number = std::to_string(i / step + 1);
        out.append(width - number.size(), ' ').append(number).append({mark, ' '});
        append_value(out, children[i], indent + width + 2);
        if (step == 1 || i + 1 == children.size()) continue;
        out.back() = ' ';
        out += "=> ";
        if (takes_several_lines(children[i + 1])) out.append("\n").append(indent + width + 2, ' ');
        append_value(out, children[i + 1], indent + width + 2);
    }
}

void append_value(std::string& out, const Value& value, std::size_t indent)
{
    if (!value.attributes.empty()) {
        append_children(out, value.attributes, '|', indent);
        out.append(indent, ' ');
    }
    if (value.children.empty()) {
        out.append(scalar(value)).append("\n");
    } else {
        append_children(out, value.children, mark_of(value.kind), indent);
    }
}

}  // namespace

void append_for_people(std::string& out, const Value& value)
{
    append_value(out, value, 0);
}

}  // namespace mini_redis::cli
