// How values compare and how they look. Both recurse as deep as the value is nested, which the
// reply parser bounds.
#include "protocol/value.hpp"

#include "protocol/text.hpp"

#include <cmath>
#include <string_view>

namespace mini_redis::protocol {
namespace {

using Kind = Value::Kind;

std::string scalar_text(const Value& value)
{
    switch (value.kind) {
        case Kind::null:
            return "(nil)";
        case Kind::simple:
            return value.text;
        case Kind::error:
            return "(error) " + value.text;
        case Kind::integer:
            return "(integer) " + std::to_string(value.integer);
        case Kind::bulk:
            return quote(value.text);
        case Kind::boolean:
            return value.integer != 0 ? "(true)" : "(false)";
        case Kind::number:
            return "(double) " + value.text;
        case Kind::big_number:
            return "(big number) " + value.text;
        case Kind::verbatim:
            return value.format + ':' + quote(value.text);
        case Kind::array:
            return "(empty array)";
        case Kind::map:
            return "(empty hash)";
        case Kind::set:
            return "(empty set)";
        case Kind::push:
            return "(empty push)";
    }
    return {};
}

char mark_of(Kind kind)
{
    if (kind == Kind::map) return '#';
    if (kind == Kind::set) return '~';
    return kind == Kind::push ? '>' : ')';
}

void append_text(std::string& out, const Value& value, std::size_t indent);

// "1) a\n2) b", or for pairs "1# a => b"; all lines but the first are indented.
void append_children(std::string& out, const std::vector<Value>& children, char mark,
                     std::size_t indent)
{
    const std::size_t step = mark == '#' || mark == '|' ? 2 : 1;
    const auto width = std::to_string(children.size() / step).size();
    for (std::size_t i = 0; i < children.size(); i += step) {
        if (i != 0) out.append("\n").append(indent, ' ');
        const auto number = std::to_string(i / step + 1);
        out.append(width - number.size(), ' ').append(number);
        out += mark;
        out += ' ';
        append_text(out, children[i], indent + width + 2);
        if (step == 1 || i + 1 == children.size()) continue;
        out += " => ";
        append_text(out, children[i + 1], indent + width + 2);
    }
}

void append_text(std::string& out, const Value& value, std::size_t indent)
{
    if (!value.attributes.empty()) {
        append_children(out, value.attributes, '|', indent);
        out.append("\n").append(indent, ' ');
    }
    if (value.children.empty()) {
        out += scalar_text(value);
    } else {
        append_children(out, value.children, mark_of(value.kind), indent);
    }
}

}  // namespace

bool operator==(const Value& a, const Value& b)
{
    if (a.kind != b.kind || a.integer != b.integer || a.format != b.format) return false;
    const bool same_scalar =
        a.kind == Kind::number
            ? a.number == b.number || (std::isnan(a.number) && std::isnan(b.number))
            : a.text == b.text;
    return same_scalar && a.children == b.children && a.attributes == b.attributes;
}

std::string to_text(const Value& value)
{
    std::string out;
    append_text(out, value, 0);
    return out;
}

}  // namespace mini_redis::protocol
