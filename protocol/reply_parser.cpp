// A reply is lines and texts: a line says what comes, a text is as many bytes as its line said.
// Values that are complete climb the stack until an aggregate still lacks something.
#include "protocol/reply_parser.hpp"

#include "protocol/number.hpp"
#include "protocol/text.hpp"
#include "protocol/wire.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

namespace mini_redis::protocol {
namespace {

using Kind = Value::Kind;

constexpr std::int64_t count_max = std::int64_t{1} << 32;

std::optional<double> parse_reply_number(std::string_view text)
{
    if (text == "nan" || text == "-nan") return std::numeric_limits<double>::quiet_NaN();
    return parse_double(text);
}

std::string_view without_plus(std::string_view text)
{
    return text.size() > 1 && text[0] == '+' ? text.substr(1) : text;
}

bool is_big_number(std::string_view text)
{
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

Kind kind_of_aggregate(char type)
{
    switch (type) {
        case type::map:
            return Kind::map;
        case type::set:
            return Kind::set;
        case type::push:
            return Kind::push;
        default:
            return Kind::array;
    }
}

Value text_value(Kind kind, std::string_view text)
{
    Value value;
    value.kind = kind;
    value.text = text;
    return value;
}

}  // namespace

std::size_t ReplyParser::feed(std::string_view bytes)
{
    std::size_t taken = 0;
    while (taken < bytes.size() && !ready_ && error_.empty()) {
        const auto rest = bytes.substr(taken);
        taken += text_left_ != 0 ? take_text(rest) : take_line(rest);
    }
    return taken;
}

Value ReplyParser::take()
{
    ready_ = false;
    return std::exchange(value_, Value());
}

std::size_t ReplyParser::take_line(std::string_view bytes)
{
    const auto newline = bytes.find('\n');
    const auto taken = newline == bytes.npos ? bytes.size() : newline + 1;
    if (line_.size() + taken > bounds_.text_bytes_max) {
        fail("line too long");
    } else if (newline == bytes.npos) {
        line_ += bytes;
    } else {
        // A line that arrived whole is understood where it lies.
        std::string_view line = bytes.substr(0, taken);
        if (!line_.empty()) line = line_.append(line);
        line.remove_suffix(1);
        if (line.find('\r') + 1 == line.size()) {
            understand(line.substr(0, line.size() - 1));
        } else {
            fail("a line must end with CR LF and contain neither");
        }
        line_.clear();
    }
    return taken;
}

std::size_t ReplyParser::take_text(std::string_view bytes)
{
    constexpr std::size_t line_end = 2;
    const auto taken = std::min(bytes.size(), text_left_);
    const auto text = text_left_ > line_end ? std::min(taken, text_left_ - line_end) : 0;
    value_.text.append(bytes, 0, text);
    for (auto i = text; i < taken; ++i) {
        if (bytes[i] != (text_left_ - i == line_end ? '\r' : '\n'))
            fail("a text must end with CR LF");
    }
    text_left_ -= taken;
    if (text_left_ == 0 && error_.empty() && !chunked_) end_text();
    return taken;
}

void ReplyParser::understand(std::string_view line)
{
    if (line.empty()) return fail("empty line");
    const auto body = line.substr(1);
    if (chunked_ != (line[0] == type::chunk))
        return fail("chunk expected or unexpected: ", line[0]);
    switch (line[0]) {
        case type::bulk:
        case type::bulk_error:
        case type::verbatim:
            return begin_text(line[0], body);
        case type::chunk:
            return begin_chunk(body);
        case type::array:
        case type::map:
        case type::set:
        case type::push:
        case type::attribute:
            return begin_aggregate(line[0], body);
        case type::end_of_stream:
            return body.empty() ? end_stream() : fail("bad end of stream");
        default:
            return understand_scalar(line[0], body);
    }
}

void ReplyParser::understand_scalar(char type, std::string_view body)
{
    Value value;
    switch (type) {
        case type::simple:
            return complete(text_value(Kind::simple, body));
        case type::error:
            return complete(text_value(Kind::error, body));
        case type::big_number:
            if (!is_big_number(body)) return fail("bad big number");
            return complete(text_value(Kind::big_number, body));
        case type::null:
            return body.empty() ? complete(std::move(value)) : fail("bad null");
        case type::integer: {
            const auto integer = parse_integer(without_plus(body));
            if (!integer) return fail("bad integer");
            value.kind = Kind::integer;
            value.integer = *integer;
            return complete(std::move(value));
        }
        case type::boolean:
            if (body != "t" && body != "f") return fail("bad boolean");
            value.kind = Kind::boolean;
            value.integer = body == "t";
            return complete(std::move(value));
        case type::number: {
            const auto number = parse_reply_number(body);
            if (!number) return fail("bad number");
            value = text_value(Kind::number, body);
            value.number = *number;
            return complete(std::move(value));
        }
        default:
            return fail("unknown type byte: ", type);
    }
}

void ReplyParser::begin_text(char type, std::string_view body)
{
    if (type == type::bulk && body == "-1") return complete(Value());
    const bool chunked = type == type::bulk && body == "?";
    const auto length = chunked ? std::optional<std::int64_t>(0) : parse_integer(body);
    if (!length || *length < 0) return fail("bad length");
    if (static_cast<std::size_t>(*length) > bounds_.text_bytes_max) return fail("text too long");
    value_ = text_value(type == type::bulk         ? Kind::bulk
                        : type == type::bulk_error ? Kind::error
                                                   : Kind::verbatim,
                        {});
    chunked_ = chunked;
    if (!chunked) text_left_ = static_cast<std::size_t>(*length) + 2;
}

void ReplyParser::begin_chunk(std::string_view body)
{
    const auto length = parse_integer(body);
    if (!length || *length < 0) return fail("bad length");
    if (*length == 0) return end_text();
    if (static_cast<std::size_t>(*length) > bounds_.text_bytes_max - value_.text.size()) {
        return fail("text too long");
    }
    text_left_ = static_cast<std::size_t>(*length) + 2;
}

void ReplyParser::end_text()
{
    chunked_ = false;
    Value value = std::exchange(value_, Value());
    if (value.kind == Kind::verbatim) {
        if (value.text.size() < 4 || value.text[3] != ':') return fail("bad verbatim text");
        value.format = value.text.substr(0, 3);
        value.text.erase(0, 4);
    }
    complete(std::move(value));
}

void ReplyParser::begin_aggregate(char type, std::string_view body)
{
    if (type == type::array && body == "-1") return complete(Value());
    const bool attribute = type == type::attribute;
    const bool pairs = attribute || type == type::map;
    const bool streamed = body == "?" && !attribute && type != type::push;
    const auto count = streamed ? std::optional<std::int64_t>(0) : parse_integer(body);
    if (!count || *count < 0 || *count > count_max) return fail("bad count");
    Value value;
    value.kind = kind_of_aggregate(type);
    if (*count == 0 && !streamed) return attribute ? void() : complete(std::move(value));
    // Book: recursion/a-stack-of-ones-own. A stack of one's own has a bound, and can say no.
    if (stack_.size() >= bounds_.depth_max) return fail("nested too deep");
    value.attributes = std::exchange(attributes_, {});
    const auto left = static_cast<std::uint64_t>(*count) * (pairs ? 2 : 1);
    stack_.push_back({std::move(value), left, streamed, attribute});
}

void ReplyParser::end_stream()
{
    if (stack_.empty() || !stack_.back().streamed || !attributes_.empty()) {
        return fail("unexpected end of stream");
    }
    Value value = std::move(stack_.back().value);
    stack_.pop_back();
    if (value.kind == Kind::map && value.children.size() % 2 != 0)
        return fail("a key without value");
    // Its attributes have it already; those that complete() adds are none.
    attributes_ = std::exchange(value.attributes, {});
    complete(std::move(value));
}

void ReplyParser::complete(Value value)
{
    value.attributes = std::exchange(attributes_, {});
    while (!stack_.empty()) {
        Frame& parent = stack_.back();
        parent.value.children.push_back(std::move(value));
        if (parent.streamed || --parent.left != 0) return;
        value = std::move(parent.value);
        const bool attribute = parent.attribute;
        stack_.pop_back();
        if (!attribute) continue;
        // Two attributes in a row are about the same value.
        attributes_ = std::move(value.attributes);
        std::move(value.children.begin(), value.children.end(), std::back_inserter(attributes_));
        return;
    }
    value_ = std::move(value);
    ready_ = true;
}

void ReplyParser::fail(std::string_view what)
{
    error_ = what;
}

void ReplyParser::fail(std::string_view what, char byte)
{
    error_ = what;
    error_ += quote({&byte, 1});
}

}  // namespace mini_redis::protocol
