// Raw: the bytes themselves, for other programs.
#include "client/cli/format.hpp"

namespace mini_redis::cli {
namespace {

using Kind = protocol::Value::Kind;

}  // namespace

void append_raw(std::string& out, const protocol::Value& value, std::string_view delimiter)
{
    switch (value.kind) {
        case Kind::null:
            return;
        case Kind::error:
            // An error ends its line even where replies are separated by something else.
            out.append(value.text).append("\n");
            return;
        case Kind::integer:
            out += std::to_string(value.integer);
            return;
        case Kind::boolean:
            out += value.integer != 0 ? "(true)" : "(false)";
            return;
        case Kind::simple:
        case Kind::bulk:
        case Kind::number:
        case Kind::big_number:
        case Kind::verbatim:
            out += value.text;
            return;
        case Kind::array:
        case Kind::map:
        case Kind::set:
        case Kind::push:
            break;
    }
    const auto& children = value.children;
    for (std::size_t i = 0; i < children.size(); ++i) {
        const bool behind_its_key = value.kind == Kind::map && i % 2 == 1;
        if (i != 0) out += behind_its_key ? " " : delimiter;
        append_raw(out, children[i], delimiter);
    }
}

}  // namespace mini_redis::cli
