// What is asked: a few words, perhaps a list of more; or several requests, encoded already.
//
// A request refers to its words and copies none: they are encoded from where they lie straight into
// the bytes to be sent. Make it in the expression that uses it.
#pragma once

#include "protocol/writer.hpp"

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mini_redis::client {

// Text, or an integer, which is text by the time it is sent.
class Word {
public:
    Word() = default;
    template <class Text>
        requires std::convertible_to<const Text&, std::string_view>
    Word(const Text& text)  // NOLINT: a word is written as what it is
    {
        const std::string_view view(text);
        text_ = view.data() != nullptr ? view.data() : "";
        size_ = view.size();
    }
    template <std::integral Number>
    Word(Number number) : text_(nullptr), number_(static_cast<std::int64_t>(number))  // NOLINT
    {
    }

    bool is_text() const { return text_ != nullptr; }
    std::string_view text() const { return {text_, size_}; }

    void encode(protocol::Writer& out) const
    {
        is_text() ? out.bulk(text()) : out.bulk_integer(number_);
    }

private:
    const char* text_;
    union {
        std::size_t size_;
        std::int64_t number_;
    };
};

template <class T>
concept WordLike = std::constructible_from<Word, const T&>;

// Any number of words, one after the other or in pairs, from whatever holds them.
class Words {
public:
    using Pair = std::pair<std::string_view, std::string_view>;

    Words() = default;
    Words(std::span<const std::string> words) : strings_(words) {}        // NOLINT: as above
    Words(std::span<const std::string_view> words) : views_(words) {}     // NOLINT
    Words(std::span<const Pair> pairs) : pairs_(pairs) {}                 // NOLINT
    Words(const std::vector<std::string>& words) : strings_(words) {}     // NOLINT
    Words(const std::vector<std::string_view>& words) : views_(words) {}  // NOLINT
    Words(const std::vector<Pair>& pairs) : pairs_(pairs) {}              // NOLINT

    std::size_t size() const { return strings_.size() + views_.size() + 2 * pairs_.size(); }

    void encode(protocol::Writer& out) const
    {
        for (const auto& word : strings_) out.bulk(word);
        for (const auto& word : views_) out.bulk(word);
        for (const auto& [first, second] : pairs_) {
            out.bulk(first);
            out.bulk(second);
        }
    }

    // Empty if there is none.
    std::string_view word(std::size_t i) const
    {
        if (i >= size()) return {};
        if (!strings_.empty()) return strings_[i];
        if (!views_.empty()) return views_[i];
        return i % 2 == 0 ? pairs_[i / 2].first : pairs_[i / 2].second;
    }

private:
    std::span<const std::string> strings_;
    std::span<const std::string_view> views_;
    std::span<const Pair> pairs_;
};

class Request {
public:
    static constexpr std::size_t head_max = 12;

    template <WordLike... Head>
        requires(sizeof...(Head) > 0 && sizeof...(Head) <= head_max)
    Request(const Head&... head) : head_{Word(head)...}, head_size_(sizeof...(Head))  // NOLINT
    {
    }
    Request(Words words) : rest_(words) {}  // NOLINT
    // One word more, and then the list.
    Request& add(Word word)
    {
        head_[head_size_++] = word;
        return *this;
    }
    Request& then(Words rest)
    {
        rest_ = rest;
        return *this;
    }

    // Requests that were encoded before, and how many replies they have.
    static Request encoded(std::string_view bytes, std::uint32_t replies)
    {
        Request request{Words()};
        request.encoded_ = bytes;
        request.replies_ = replies;
        return request;
    }

    std::uint32_t replies() const { return replies_; }
    std::size_t size() const { return head_size_ + rest_.size(); }
    // The command's name; empty if it is encoded.
    std::string_view name() const { return word(0); }
    // Empty if there is none, or if it is a number.
    std::string_view word(std::size_t i) const
    {
        if (i >= head_size_) return rest_.word(i - head_size_);
        return head_[i].is_text() ? head_[i].text() : std::string_view();
    }

    // Throws std::bad_alloc, and then nothing was appended: half a request would make the server
    // take the next one for its rest.
    void encode(protocol::Buffer& buffer) const
    {
        const std::size_t before = buffer.size();
        try {
            append_to(buffer);
        } catch (...) {
            buffer.truncate(before);
            throw;
        }
    }

private:
    void append_to(protocol::Buffer& buffer) const
    {
        if (!encoded_.empty()) return buffer.append(encoded_);
        protocol::Writer out(buffer, protocol::Dialect::resp2);
        out.array(size());
        for (std::size_t i = 0; i < head_size_; ++i) head_[i].encode(out);
        rest_.encode(out);
    }

    Word head_[head_max];
    std::size_t head_size_ = 0;
    Words rest_;
    std::string_view encoded_;
    std::uint32_t replies_ = 1;
};

}  // namespace mini_redis::client
