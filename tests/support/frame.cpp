// A recursive walk over the bytes; frame_end() walks without building.
#include "tests/support/frame.hpp"

#include "tests/support/words.hpp"

#include <charconv>
#include <stdexcept>

namespace mini_redis::tests {
namespace {

constexpr auto incomplete = std::string_view::npos;

bool has_payload(char type)
{
    return type == '$' || type == '!' || type == '=';
}

bool has_children(char type)
{
    return type == '*' || type == '~' || type == '%' || type == '>' || type == '|';
}

long long number(std::string_view text)
{
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        throw std::runtime_error("not a length: " + as_typed(text));
    return value;
}

struct Header {
    char type;
    std::string_view line;
    std::size_t end;  // of the header line, behind its CRLF
};

Header header_at(std::string_view bytes, std::size_t begin)
{
    const auto end = bytes.find("\r\n", begin);
    if (end == incomplete) return {'\0', {}, incomplete};
    if (std::string_view("+-:$*_#,(!=%~>|").find(bytes[begin]) == incomplete)
        throw std::runtime_error("not a reply: " + as_typed(bytes.substr(begin, 80)));
    return {bytes[begin], bytes.substr(begin + 1, end - begin - 1), end + 2};
}

// How many frames follow the header. An attribute is followed by the reply that it describes.
std::size_t frames_behind(const Header& header)
{
    const auto count = number(header.line);
    if (count <= 0) return header.type == '|' ? 1 : 0;
    const auto frames = static_cast<std::size_t>(count);
    if (header.type == '|') return 2 * frames + 1;
    return header.type == '%' ? 2 * frames : frames;
}

Frame parse_at(std::string_view bytes, std::size_t& position)
{
    const auto header = header_at(bytes, position);
    position = header.end;
    Frame frame{.type = header.type, .null = header.line == "-1", .text = {}, .children = {}};
    if (header.type == '_') {
        frame.null = true;
    } else if (has_payload(header.type)) {
        if (frame.null) return frame;
        const auto size = static_cast<std::size_t>(number(header.line));
        frame.text = bytes.substr(position, size);
        position += size + 2;
    } else if (has_children(header.type)) {
        for (auto left = frames_behind(header); left > 0; --left)
            frame.children.push_back(parse_at(bytes, position));
        if (header.type == '|') return std::move(frame.children.back());
    } else {
        frame.null = false;
        frame.text = header.line;
    }
    return frame;
}

std::string scalar_description(const Frame& frame)
{
    switch (frame.type) {
        case '$':
            return in_quotes(frame.text);
        case '-':
            return "(error) " + frame.text;
        case '!':
            return "(bulk error) " + frame.text;
        case ':':
            return "(integer) " + frame.text;
        case ',':
            return "(double) " + frame.text;
        case '#':
            return frame.text == "t" ? "(true)" : "(false)";
        case '(':
            return "(big number) " + frame.text;
        case '=':
            return "(verbatim) " + in_quotes(frame.text);
        default:
            return frame.text;
    }
}

}  // namespace

const Frame& Frame::at(std::string_view key) const
{
    static const Frame absent{.type = '_', .null = true, .text = {}, .children = {}};
    for (std::size_t i = 0; i + 1 < children.size(); i += 2)
        if (children[i].text == key) return children[i + 1];
    return absent;
}

std::size_t frame_end(std::string_view bytes, std::size_t begin)
{
    if (begin >= bytes.size()) return incomplete;
    const auto header = header_at(bytes, begin);
    if (header.end == incomplete) return incomplete;
    if (has_payload(header.type)) {
        if (header.line == "-1") return header.end;
        const auto end = header.end + static_cast<std::size_t>(number(header.line)) + 2;
        return end <= bytes.size() ? end : incomplete;
    }
    auto end = header.end;
    if (!has_children(header.type)) return end;
    for (auto left = frames_behind(header); left > 0 && end != incomplete; --left)
        end = frame_end(bytes, end);
    return end;
}

Frame parse_frame(std::string_view bytes)
{
    std::size_t position = 0;
    return parse_at(bytes, position);
}

std::string description(const Frame& frame)
{
    if (frame.null) return std::string("(nil ") + frame.type + ')';
    if (!frame.is_aggregate()) return scalar_description(frame);
    std::string text(1, frame.type);
    text += '[';
    for (std::size_t i = 0; i < frame.children.size(); ++i)
        text += (i == 0 ? "" : ", ") + description(frame.children[i]);
    return text + ']';
}

std::string shown(std::string_view bytes)
{
    constexpr std::size_t enough = 500;
    try {
        auto text = description(parse_frame(bytes));
        return text.size() <= enough ? text : text.substr(0, enough) + "...";
    } catch (const std::exception&) {
        return "not a reply: " + in_quotes(bytes);
    }
}

}  // namespace mini_redis::tests
