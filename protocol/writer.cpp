// The replies that are not on the hottest path: errors, numbers with a point, counts known late.
#include "protocol/writer.hpp"

#include <algorithm>
#include <cmath>

namespace mini_redis::protocol {

void Writer::line(char type, std::string_view text)
{
    char* const out = out_->room(1 + text.size() + 2);
    *out = type;
    out_->grew_to(end_line(copy(out + 1, text)));
}

void Writer::error(std::string_view text)
{
    constexpr std::string_view line_ends = "\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(line_ends), text.size()));
    text = text.substr(0, text.find_last_not_of(line_ends) + 1);
    line(type::error, text);
    char* const end = out_->data() + out_->size() - line_ends.size();
    std::replace_if(end - text.size(), end, [](char c) { return c == '\r' || c == '\n'; }, ' ');
}

void Writer::bulk_integer(std::int64_t value)
{
    char digits[double_chars_max];
    const char* const end = format_integer(digits, value);
    bulk({digits, static_cast<std::size_t>(end - digits)});
}

void Writer::verbatim(std::string_view format, std::string_view text)
{
    if (!resp3()) return bulk(text);
    header(type::verbatim, static_cast<std::int64_t>(format.size() + 1 + text.size()));
    char* out = out_->room(format.size() + 1 + text.size() + 2);
    out = copy(out, format);
    *out++ = ':';
    out_->grew_to(end_line(copy(out, text)));
}

void Writer::number(double value)
{
    char digits[double_chars_max];
    const char* const end = format_double(digits, value);
    const std::string_view text(digits, static_cast<std::size_t>(end - digits));
    resp3() ? line(type::number, text) : bulk(text);
}

void Writer::human_number(long double value)
{
    char digits[long_double_chars_max];
    const char* const end = format_long_double(digits, value);
    const std::string_view text(digits, static_cast<std::size_t>(end - digits));
    resp3() ? line(type::number, text) : bulk(text);
}

Writer::Mark Writer::later(std::size_t guess)
{
    const Mark mark{out_->size(), 0};
    header(type::array, static_cast<std::int64_t>(guess));
    return {mark.at, out_->size() - mark.at};
}

void Writer::aggregate_at(Mark mark, char type, std::size_t count)
{
    char text[header_bytes_max];
    const auto length =
        static_cast<std::size_t>(write_header(text, type, static_cast<std::int64_t>(count)) - text);
    const std::size_t elements = out_->size() - mark.at - mark.reserved;
    out_->room(length);
    char* const at = out_->data() + mark.at;
    if (length != mark.reserved) {
        std::memmove(at + length, at + mark.reserved, elements);
        out_->grew_to(at + length + elements);
    }
    std::memcpy(at, text, length);
}

}  // namespace mini_redis::protocol
