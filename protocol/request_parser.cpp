// The two paths of the request parser: take_ordinary() for the requests that clients send all day,
// and the members of RequestParser for all the rest.
#include "protocol/request_parser.hpp"

#include "protocol/inline_words.hpp"
#include "protocol/number.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace mini_redis::protocol {
namespace {

// The smallest bulk is "$0\r\n\r\n". To look for its header this far needs no other bounds check.
constexpr std::ptrdiff_t bulk_bytes_min = 6;
constexpr std::size_t words_worth_keeping = 64 << 10;
constexpr auto none = std::string_view::npos;

std::uint32_t digit_at(const char* at)
{
    return static_cast<std::uint32_t>(*at) - '0';
}

// Takes the request at `at` if it is complete and has at most 99 words of at most 9,999 bytes each.
// Returns its end, or null, and then has done nothing. As in Redis, nobody looks at the line feed
// of a header nor at the two bytes behind a bulk.
const char* take_ordinary(const char* at, const char* end, std::int64_t words_max,
                          std::int64_t bytes_max, Batch& batch)
{
    if (end - at < 4 + bulk_bytes_min || *at != type::array) return nullptr;
    std::uint32_t count = digit_at(at + 1);
    if (count - 1 > 8) return nullptr;
    at += 2;
    if (const auto digit = digit_at(at); digit <= 9) {
        count = count * 10 + digit;
        ++at;
    }
    if (*at != '\r' || count > words_max) return nullptr;
    at += 2;

    const auto first = batch.words.size();
    batch.words.resize(first + count);
    Word* word = batch.words.data() + first;
    for (Word* const words_end = word + count; word != words_end; ++word) {
        if (end - at < bulk_bytes_min || *at != type::bulk) break;
        std::uint32_t length = digit_at(at + 1);
        if (length > 9) break;
        at += 2;
        if (length != 0) {
            for (int i = 0; i < 3; ++i) {
                const auto digit = digit_at(at);
                if (digit > 9) break;
                length = length * 10 + digit;
                ++at;
            }
        }
        if (*at != '\r' || length > bytes_max ||
            end - at < 4 + static_cast<std::ptrdiff_t>(length)) {
            break;
        }
        *word = Word(at + 2, length);
        at += 4 + length;
    }
    if (word != batch.words.data() + batch.words.size()) {
        batch.words.resize(first);
        return nullptr;
    }
    batch.add_request(first);
    return at;
}

}  // namespace

void Batch::clear()
{
    words.clear();
    requests.clear();
    kept_.clear();
    if (words.capacity() > words_worth_keeping) words.shrink_to_fit();
    if (requests.capacity() > words_worth_keeping) requests.shrink_to_fit();
}

RequestParser::Progress RequestParser::parse(std::string_view unconsumed, const Limits& limits,
                                             std::size_t requests_max, Batch& batch)
{
    const std::int64_t words_max = limits.authenticated
                                       ? limits.words_max
                                       : std::min(limits.words_max, unauthenticated_words_max);
    const char* const end = unconsumed.data() + unconsumed.size();
    const char* at = unconsumed.data();
    Progress progress;
    while (at != end) {
        if (batch.requests.size() >= requests_max) {
            progress.full = true;
            break;
        }
        if (!half_received_) {
            if (const char* next =
                    take_ordinary(at, end, words_max, limits.bulk_bytes_max, batch)) {
                at = next;
                continue;
            }
        }
        const Step step = parse_request({at, end}, limits, batch);
        if (step.kind != Step::done) {
            progress.error = step.error;
            break;
        }
        at += position_;
        position_ = 0;
        half_received_ = false;
    }
    if (!half_received_ && pieces_.capacity() != 0) std::vector<Piece>().swap(pieces_);
    progress.consumed = static_cast<std::size_t>(at - unconsumed.data());
    return progress;
}

RequestParser::Step RequestParser::parse_request(std::string_view request, const Limits& limits,
                                                 Batch& batch)
{
    half_received_ = true;
    if (request[0] != type::array) return parse_inline(request, limits, batch);
    if (words_left_ == 0) {
        const Step step = parse_count(request, limits);
        if (step.kind != Step::done || words_left_ == 0) return step;
    }
    for (; words_left_ != 0; --words_left_) {
        if (bulk_length_ < 0) {
            const Step step = parse_length(request, limits, batch);
            if (step.kind != Step::done) return step;
        }
        const auto length = static_cast<std::size_t>(bulk_length_);
        if (request.size() - position_ < length + 2) {
            wanted_ = length + 2 - (request.size() - position_);
            return Step::starved;
        }
        pieces_.push_back({position_, length});
        position_ += length + 2;
        bulk_length_ = -1;
        wanted_ = 0;
    }
    deliver(request, batch);
    return Step::done;
}

RequestParser::Step RequestParser::parse_inline(std::string_view request, const Limits& limits,
                                                Batch& batch)
{
    const auto newline = find_line_end(request, '\n', limits.inline_bytes_max);
    if (newline == none) {
        if (request.size() <= limits.inline_bytes_max) return Step::starved;
        return {Step::failed, "Protocol error: too big inline request"};
    }
    auto line = request.substr(0, newline);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto first = batch.words.size();
    for (bool more = true; more;) {
        InlineWord word = take_inline_word(line);
        switch (word.kind) {
            case InlineWord::Kind::plain:
                batch.words.push_back(word.plain);
                break;
            case InlineWord::Kind::quoted:
                batch.words.push_back(batch.keep(std::move(word.quoted)));
                break;
            case InlineWord::Kind::none:
                more = false;
                break;
            case InlineWord::Kind::unbalanced:
                batch.words.resize(first);
                return {Step::failed, "Protocol error: unbalanced quotes in request"};
        }
    }
    if (batch.words.size() != first) batch.add_request(first);
    searched_ = 0;
    position_ = newline + 1;
    return Step::done;
}

// "*count\r\n". No words are to follow a count of 0 or less.
RequestParser::Step RequestParser::parse_count(std::string_view request, const Limits& limits)
{
    const auto line_end = find_line_end(request, '\r', limits.inline_bytes_max);
    if (line_end == none) {
        if (request.size() <= limits.inline_bytes_max) return Step::starved;
        return {Step::failed, "Protocol error: too big mbulk count string"};
    }
    if (request.size() < line_end + 2) return Step::starved;
    const auto count = parse_integer(request.substr(1, line_end - 1));
    constexpr auto count_max = std::numeric_limits<std::int32_t>::max();
    if (!count || *count > std::min<std::int64_t>(limits.words_max, count_max)) {
        return {Step::failed, "Protocol error: invalid multibulk length"};
    }
    if (!limits.authenticated && *count > unauthenticated_words_max) {
        return {Step::failed, "Protocol error: unauthenticated multibulk length"};
    }
    words_left_ = static_cast<std::int32_t>(std::max<std::int64_t>(*count, 0));
    searched_ = 0;
    position_ = line_end + 2;
    return Step::done;
}

// "$length\r\n" at position_.
RequestParser::Step RequestParser::parse_length(std::string_view request, const Limits& limits,
                                                Batch& batch)
{
    const auto rest = request.substr(position_);
    const auto line_end = find_line_end(rest, '\r', limits.inline_bytes_max);
    if (line_end == none) {
        if (rest.size() <= limits.inline_bytes_max) return Step::starved;
        return {Step::failed, "Protocol error: too big bulk count string"};
    }
    if (rest.size() < line_end + 2) return Step::starved;
    if (rest[0] != type::bulk) {
        constexpr std::string_view text = "Protocol error: expected '$', got '";
        return {Step::failed, batch.keep(std::string(text) + rest[0] + '\'')};
    }
    const auto length = parse_integer(rest.substr(1, line_end - 1));
    if (!length || *length < 0 || *length > limits.bulk_bytes_max) {
        return {Step::failed, "Protocol error: invalid bulk length"};
    }
    if (!limits.authenticated && *length > unauthenticated_bulk_bytes_max) {
        return {Step::failed, "Protocol error: unauthenticated bulk length"};
    }
    bulk_length_ = *length;
    searched_ = 0;
    position_ += line_end + 2;
    return Step::done;
}

// Where the line ends, if it does within limit + 1 bytes. Redis searches with strchr, to which a
// zero byte is the end of all there is: a header with a zero byte stays without an end until it is
// too big.
std::size_t RequestParser::find_line_end(std::string_view line, char byte, std::size_t limit)
{
    const auto fresh = line.substr(0, limit + 1).substr(searched_);
    if (fresh.starts_with('\0')) return none;
    const auto hit = fresh.find(byte);
    const auto zero = fresh.substr(0, hit).find('\0');
    searched_ += std::min({hit, zero, fresh.size()});
    return hit != none && zero == none ? searched_ : none;
}

// Book: zero-copy/views. A word is a view of what was read.
void RequestParser::deliver(std::string_view request, Batch& batch)
{
    const auto first = batch.words.size();
    for (const Piece piece : pieces_) {
        batch.words.push_back(request.substr(piece.offset, piece.length));
    }
    batch.add_request(first);
    pieces_.clear();
}

}  // namespace mini_redis::protocol
