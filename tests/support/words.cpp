// Quoting is symmetric: split_words(as_typed(words)) gives the words back.
#include "tests/support/words.hpp"

#include <cctype>
#include <stdexcept>

namespace mini_redis::tests {
namespace {

bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9') return byte - '0';
    const char letter = static_cast<char>(byte | 0x20);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

class Splitter {
public:
    explicit Splitter(std::string_view line) : rest_(line) {}

    Words words()
    {
        Words words;
        for (skip_space(); !rest_.empty(); skip_space()) words.push_back(word());
        return words;
    }

private:
    void skip_space()
    {
        while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
    }

    char take()
    {
        if (rest_.empty()) throw std::invalid_argument("unbalanced quotes");
        const char byte = rest_.front();
        rest_.remove_prefix(1);
        return byte;
    }

    std::string word()
    {
        std::string word;
        while (!rest_.empty() && !is_space(rest_.front())) {
            const char byte = take();
            if (byte != '"' && byte != '\'') {
                word += byte;
                continue;
            }
            for (char next = take(); next != byte; next = take())
                word += next == '\\' ? escape(byte) : next;
            if (!rest_.empty() && !is_space(rest_.front()))
                throw std::invalid_argument("text after a closing quote");
        }
        return word;
    }

    char escape(char quote)
    {
        if (quote == '\'') return !rest_.empty() && rest_.front() == '\'' ? take() : '\\';
        const char byte = take();
        switch (byte) {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'b':
                return '\b';
            case 'a':
                return '\a';
            case 'x':
                break;
            default:
                return byte;
        }
        if (rest_.size() < 2 || hex_digit(rest_[0]) < 0 || hex_digit(rest_[1]) < 0) return byte;
        const int high = hex_digit(take());
        return static_cast<char>(high * 16 + hex_digit(take()));
    }

    std::string_view rest_;
};

bool is_plain(char byte)
{
    return byte > ' ' && byte < 0x7f && byte != '"' && byte != '\'' && byte != '\\' && byte != '#';
}

std::string escaped(char byte)
{
    switch (byte) {
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        case '\\':
            return "\\\\";
        case '"':
            return "\\\"";
        default:
            break;
    }
    if (byte >= ' ' && byte < 0x7f) return std::string(1, byte);
    constexpr std::string_view digits = "0123456789abcdef";
    const auto value = static_cast<unsigned char>(byte);
    return {'\\', 'x', digits[value / 16], digits[value % 16]};
}

}  // namespace

Words split_words(std::string_view line)
{
    return Splitter(line).words();
}

std::string as_typed(std::string_view word)
{
    bool plain = !word.empty();
    for (const char byte : word) plain = plain && is_plain(byte);
    return plain ? std::string(word) : in_quotes(word);
}

std::string in_quotes(std::string_view word)
{
    std::string text = "\"";
    for (const char byte : word) text += escaped(byte);
    return text + '"';
}

std::string as_typed(const Words& words)
{
    std::string line;
    for (const auto& word : words) line += (line.empty() ? "" : " ") + as_typed(word);
    return line;
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char& byte : result)
        byte = static_cast<char>(std::tolower(static_cast<unsigned char>(byte)));
    return result;
}

std::string encoded(const Words& words)
{
    std::string bytes = '*' + std::to_string(words.size()) + "\r\n";
    for (const auto& word : words)
        bytes += '$' + std::to_string(word.size()) + "\r\n" + word + "\r\n";
    return bytes;
}

}  // namespace mini_redis::tests
