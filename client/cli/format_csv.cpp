// CSV: one line a reply, strings quoted as Redis quotes them, everything nested made flat.
#include "client/cli/format.hpp"
#include "protocol/text.hpp"

namespace mini_redis::cli {
namespace {

using Kind = protocol::Value::Kind;

}  // namespace

void append_csv(std::string& out, const protocol::Value& value)
{
    switch (value.kind) {
        case Kind::null:
            out += "NULL";
            return;
        case Kind::error:
            out += "ERROR,";
            protocol::append_quoted(out, value.text);
            return;
        case Kind::simple:
        case Kind::bulk:
        case Kind::verbatim:
            protocol::append_quoted(out, value.text);
            return;
        case Kind::integer:
            out += std::to_string(value.integer);
            return;
        case Kind::number:
        case Kind::big_number:
            out += value.text;
            return;
        case Kind::boolean:
            out += value.integer != 0 ? "true" : "false";
            return;
        case Kind::array:
        case Kind::map:
        case Kind::set:
        case Kind::push:
            break;
    }
    for (std::size_t i = 0; i < value.children.size(); ++i) {
        if (i != 0) out += ',';
        append_csv(out, value.children[i]);
    }
}

}  // namespace mini_redis::cli
