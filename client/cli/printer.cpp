// A reply is formatted whole and written in one piece.
#include "client/cli/printer.hpp"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace mini_redis::cli {
namespace {

using protocol::Value;
using Kind = Value::Kind;

std::string formatted(const Value& value, const Style& style)
{
    std::string out;
    switch (style.form) {
        case Form::people:
            append_for_people(out, value);
            return out;
        case Form::raw:
            append_raw(out, value, style.element_delimiter);
            return out + style.reply_delimiter;
        case Form::csv:
            append_csv(out, value);
            break;
        case Form::json:
        case Form::quoted_json:
            append_json(out, value, style.form == Form::quoted_json);
            break;
    }
    return out + '\n';
}

// The server's word to a client with a cache: these keys have changed.
bool is_invalidation(const Value& value)
{
    const auto& parts = value.children;
    return parts.size() == 2 && parts[0].text == "invalidate" && parts[1].kind == Kind::array;
}

std::string invalidation(const std::vector<Value>& keys)
{
    std::string out = "-> invalidate: ";
    for (const Value& key : keys) {
        if (&key != &keys.front()) out += ", ";
        out.append("'").append(key.text).append("'");
    }
    return out + '\n';
}

}  // namespace

Style default_style()
{
    Style style;
    // FAKETTY is redis-cli's, for those who compare what people would see.
    const bool for_people = ::isatty(STDOUT_FILENO) != 0 || std::getenv("FAKETTY") != nullptr;
    style.form = for_people ? Form::people : Form::raw;
    style.shows_pushes = for_people;
    return style;
}

void Printer::reply(const Value& value) const
{
    say(formatted(value, style_));
}

void Printer::report(const Value& value) const
{
    std::string out;
    append_raw(out, value, style_.element_delimiter);
    say(out);
}

void Printer::push(const Value& value) const
{
    if (!style_.shows_pushes) return;
    const bool to_people = style_.form == Form::people;
    say(to_people && is_invalidation(value) ? invalidation(value.children[1].children)
                                            : formatted(value, style_));
}

void say(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

void complain(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace mini_redis::cli
