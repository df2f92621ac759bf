// Replies as bytes, straight into a Buffer, in the client's dialect.
//
// A command says what it means (a map, a set, a number) and the writer says it in RESP3, or in
// RESP2 with what comes nearest: flat arrays, bulk strings, integers. Nothing is built first and
// nothing is checked: who announces n elements writes n elements.
#pragma once

#include "protocol/buffer.hpp"
#include "protocol/header.hpp"
#include "protocol/wire.hpp"

#include <cstdint>
#include <cstring>
#include <string_view>

namespace mini_redis::protocol {

class Writer {
public:
    Writer(Buffer& out, Dialect dialect) : out_(&out), dialect_(dialect) {}

    Dialect dialect() const { return dialect_; }
    void set_dialect(Dialect dialect) { dialect_ = dialect; }
    Buffer& buffer() { return *out_; }

    void ok() { out_->append("+OK\r\n"); }
    // One line, without CR or LF.
    void simple(std::string_view text) { line(type::simple, text); }
    // Begins with the code, without the '-': "ERR syntax error". Line ends become spaces, those
    // around the text vanish.
    void error(std::string_view text);
    void integer(std::int64_t value) { header(type::integer, value); }

    void bulk(std::string_view bytes)
    {
        char* out = out_->room(header_bytes_max + bytes.size() + 2);
        out = write_header(out, type::bulk, static_cast<std::int64_t>(bytes.size()));
        out = copy(out, bytes);
        out_->grew_to(end_line(out));
    }
    void bulk_integer(std::int64_t value);
    // `format` has three letters, such as "txt"; RESP2 clients don't see it.
    void verbatim(std::string_view format, std::string_view text);

    void null() { resp3() ? out_->append("_\r\n") : out_->append("$-1\r\n"); }
    // RESP3 has but one null.
    void null_array() { resp3() ? out_->append("_\r\n") : out_->append("*-1\r\n"); }
    void boolean(bool value)
    {
        if (!resp3()) return integer(value);
        value ? out_->append("#t\r\n") : out_->append("#f\r\n");
    }
    // 17 significant digits.
    void number(double value);
    // No exponent, 17 digits behind the point at most.
    void human_number(long double value);
    void big_number(std::string_view digits)
    {
        if (!resp3()) return bulk(digits);
        line(type::big_number, digits);
    }

    void array(std::size_t count) { aggregate(type::array, count); }
    // `count` pairs: twice as many values follow.
    void map(std::size_t count)
    {
        aggregate(resp3() ? type::map : type::array, resp3() ? count : 2 * count);
    }
    void set(std::size_t count) { aggregate(resp3() ? type::set : type::array, count); }
    // A message that answers no request; in RESP2 an array like any other.
    void push(std::size_t count) { aggregate(resp3() ? type::push : type::array, count); }
    // RESP3 only: `count` pairs, and then the value that they are about.
    void attribute(std::size_t count) { aggregate(type::attribute, count); }

    // For a count that is known only after the elements: later(), the elements, then one of the
    // ..._at(). Where marks are nested, the inner one is resolved first. A good guess saves a move
    // of the elements.
    struct Mark {
        std::size_t at;
        std::size_t reserved;
    };
    Mark later(std::size_t guess = 0);
    void array_at(Mark mark, std::size_t count) { aggregate_at(mark, type::array, count); }
    void map_at(Mark mark, std::size_t count)
    {
        aggregate_at(mark, resp3() ? type::map : type::array, resp3() ? count : 2 * count);
    }
    void set_at(Mark mark, std::size_t count)
    {
        aggregate_at(mark, resp3() ? type::set : type::array, count);
    }

private:
    bool resp3() const { return dialect_ == Dialect::resp3; }

    void header(char type, std::int64_t number)
    {
        out_->grew_to(write_header(out_->room(header_bytes_max), type, number));
    }
    void aggregate(char type, std::size_t count) { header(type, static_cast<std::int64_t>(count)); }
    void aggregate_at(Mark mark, char type, std::size_t count);
    void line(char type, std::string_view text);

    static char* end_line(char* out)
    {
        out[0] = '\r';
        out[1] = '\n';
        return out + 2;
    }

    // What is short is copied by two overlapping stores, which costs less than a call of memcpy.
    static char* copy(char* out, std::string_view bytes)
    {
        const char* const from = bytes.data();
        const std::size_t size = bytes.size();
        if (size > 32) {
            std::memcpy(out, from, size);
        } else if (size >= 16) {
            copy_ends<16>(out, from, size);
        } else if (size >= 8) {
            copy_ends<8>(out, from, size);
        } else if (size >= 4) {
            copy_ends<4>(out, from, size);
        } else if (size != 0) {
            out[0] = from[0];
            out[size / 2] = from[size / 2];
            out[size - 1] = from[size - 1];
        }
        return out + size;
    }
    template <std::size_t Chunk>
    static void copy_ends(char* out, const char* from, std::size_t size)
    {
        char front[Chunk];
        char back[Chunk];
        std::memcpy(front, from, Chunk);
        std::memcpy(back, from + size - Chunk, Chunk);
        std::memcpy(out, front, Chunk);
        std::memcpy(out + size - Chunk, back, Chunk);
    }

    Buffer* out_;
    Dialect dialect_;
};

}  // namespace mini_redis::protocol
