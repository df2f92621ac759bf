// What comes of a request: a value, or what went wrong. Nothing here is thrown unless asked for.
//
//   const auto name = co_await client.get("name");
//   if (!name) log(name.error().text);            // the server refused, or could not be asked
//   use(name.value());                            // would throw Failure, had it gone wrong
#pragma once

#include <cstdint>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace mini_redis::client {

enum class Errc : std::uint8_t {
    server = 1,       // the server answered with an error: its text, "WRONGTYPE ..."
    unexpected,       // it answered with something of another type than asked for
    unreachable,      // it cannot be connected to, or refuses the client's greeting
    connection_lost,  // sent, but not answered: the request may have been executed
    timed_out,        // not answered in time: the request may have been executed if it was sent
    cancelled,        // by the caller: the same
    closed,           // the client was closed before it was sent
    unfit,            // a command that has no place on a shared connection
    bad_url,
    no_memory,
    interrupted,  // BlockingClient::interrupt()
};

// Short enough for a string that has no memory.
inline constexpr std::string_view no_memory = "out of memory";

// An error can be told even when there is no memory for its text: that is empty then. So whoever
// waits is told something, whatever else has failed.
struct Error {
    Error() = default;
    Error(Errc what, std::string_view why, std::string_view more = {}) noexcept : code(what)
    {
        say(why, more);
    }
    Error(const Error& other) noexcept : code(other.code) { say(other.text, {}); }
    Error(Error&&) noexcept = default;
    Error& operator=(const Error& other) noexcept { return *this = Error(other); }
    Error& operator=(Error&&) noexcept = default;
    ~Error() = default;

    Errc code{};
    std::string text;

    friend bool operator==(const Error&, const Error&) = default;

private:
    void say(std::string_view why, std::string_view more) noexcept
    {
        try {
            text.reserve(why.size() + more.size());
            text.append(why).append(more);
        } catch (const std::bad_alloc&) {
            text.clear();
        }
    }
};

// What Result::value() throws.
class Failure : public std::runtime_error {
public:
    explicit Failure(Error error) : std::runtime_error(error.text), error_(std::move(error)) {}
    const Error& error() const { return error_; }

private:
    Error error_;
};

template <class T = void>
using Result = boost::system::result<T, Error>;

// Found by boost::system::result.
[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&)
{
    throw Failure(error);
}

}  // namespace mini_redis::client
