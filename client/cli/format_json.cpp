// JSON as redis-cli writes it, which is not always JSON: an error is error:"text", and infinite
// numbers stay as they are. Bytes above 0x7f pass as they are, or are escaped in the quoted form.
#include "client/cli/format.hpp"
#include "protocol/text.hpp"

namespace mini_redis::cli {
namespace {

using protocol::Value;
using Kind = Value::Kind;

void append_escaped(std::string& out, std::string_view text)
{
    constexpr std::string_view special = "\\\"\n\f\r\t\b";
    constexpr std::string_view letters = "\\\"nfrtb";
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        if (const auto at = special.find(c); at != special.npos) {
            out.append({'\\', letters[at]});
        } else if (const auto byte = static_cast<unsigned char>(c); byte < 0x20) {
            out.append("\\u00").append({digits[byte >> 4], digits[byte & 15]});
        } else {
            out += c;
        }
    }
    out += '"';
}

void append_string(std::string& out, std::string_view text, bool quoted)
{
    if (!quoted) return append_escaped(out, text);
    for (const char c : protocol::quote(text)) out.append(c == '\\' ? 2 : 1, c);
}

// The keys of an object have to be strings.
void append_key(std::string& out, const Value& key, bool quoted)
{
    std::string text;
    append_json(text, key, quoted);
    const bool is_text = key.kind == Kind::error || text.starts_with('"');
    out += is_text ? text : '"' + text + '"';
}

void append_object(std::string& out, const std::vector<Value>& pairs, bool quoted)
{
    out += '{';
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
        if (i != 0) out += ',';
        append_key(out, pairs[i], quoted);
        out += ':';
        append_json(out, pairs[i + 1], quoted);
    }
    out += '}';
}

void append_list(std::string& out, const std::vector<Value>& values, bool quoted)
{
    out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != 0) out += ',';
        append_json(out, values[i], quoted);
    }
    out += ']';
}

}  // namespace

void append_json(std::string& out, const Value& value, bool quoted)
{
    switch (value.kind) {
        case Kind::null:
            out += "null";
            break;
        case Kind::error:
            out += "error:";
            append_string(out, value.text, quoted);
            break;
        case Kind::simple:
        case Kind::bulk:
        case Kind::verbatim:
            append_string(out, value.text, quoted);
            break;
        case Kind::integer:
            out += std::to_string(value.integer);
            break;
        case Kind::number:
        case Kind::big_number:
            out += value.text;
            break;
        case Kind::boolean:
            out += value.integer != 0 ? "true" : "false";
            break;
        case Kind::array:
        case Kind::set:
        case Kind::push:
            append_list(out, value.children, quoted);
            break;
        case Kind::map:
            append_object(out, value.children, quoted);
            break;
    }
}

}  // namespace mini_redis::cli
