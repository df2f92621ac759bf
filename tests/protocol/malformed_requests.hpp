// Input that is wrong, or strange and yet accepted, with what Redis 7.0.15 makes of it: how many
// requests it answers and the error it sends before it closes the connection. Every server that
// claims to speak RESP can be measured with this table; tests/protocol/redis_differential_test.cpp
// measures Redis itself.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::protocol {

struct MalformedRequest {
    std::string input;
    std::size_t requests;
    std::string error;  // without "-ERR "; empty: no error
};

inline std::string bytes(std::size_t count, char byte)
{
    return std::string(count, byte);
}

inline std::vector<MalformedRequest> malformed_requests()
{
    using namespace std::string_literals;
    const std::string too_big_inline = "Protocol error: too big inline request";
    const std::string too_big_count = "Protocol error: too big mbulk count string";
    const std::string too_big_length = "Protocol error: too big bulk count string";
    const std::string bad_count = "Protocol error: invalid multibulk length";
    const std::string bad_length = "Protocol error: invalid bulk length";
    const std::string unbalanced = "Protocol error: unbalanced quotes in request";
    const auto expected = [](char got) {
        return "Protocol error: expected '$', got '"s + got + "'";
    };
    const std::string ping = "*1\r\n$4\r\nPING\r\n";
    return {
        // The count of words.
        {"*\r\n", 0, bad_count},
        {"*x\r\n", 0, bad_count},
        {"*+1\r\n", 0, bad_count},
        {"* 1\r\n", 0, bad_count},
        {"*1 \r\n", 0, bad_count},
        {"*01\r\n", 0, bad_count},
        {"*-\r\n", 0, bad_count},
        {"*-0\r\n", 0, bad_count},
        {"*--1\r\n", 0, bad_count},
        {"*1.0\r\n", 0, bad_count},
        {"*2147483648\r\n", 0, bad_count},
        {"*9223372036854775808\r\n", 0, bad_count},
        {"*18446744073709551615\r\n", 0, bad_count},
        {"*99999999999999999999999\r\n", 0, bad_count},
        {"*\n\r\n", 0, bad_count},
        {"*1\n$4\r\nPING\r\n", 0, bad_count},
        {"*2147483647\r\n", 0, ""},
        {"*1048577\r\n", 0, ""},
        {"*0\r\n" + ping, 1, ""},
        {"*-1\r\n" + ping, 1, ""},
        {"*-9223372036854775808\r\n" + ping, 1, ""},
        {"*-9223372036854775809\r\n" + ping, 0, bad_count},
        {"*0\r\n*x\r\n", 0, bad_count},
        {ping + "*x\r\n" + ping, 1, bad_count},
        // Whatever follows a carriage return counts as its line feed.
        {"*1\rX$4\rXPING\r\n", 1, ""},
        {"*1\r\r$4\r\rPING\r\n", 1, ""},
        {"*1\r\n$4\r\nPINGXY", 1, ""},
        {"*1\r\n$4\r\nPINGXY" + ping, 2, ""},
        {"*1\r", 0, ""},
        {"*x\r", 0, ""},
        {"*1\r\n$\r", 0, ""},
        {"*1\r\nX\r", 0, ""},
        // The length of a word.
        {"*1\r\n$\r\n", 0, bad_length},
        {"*1\r\n$x\r\n", 0, bad_length},
        {"*1\r\n$-1\r\n", 0, bad_length},
        {"*1\r\n$-0\r\n", 0, bad_length},
        {"*1\r\n$+4\r\nPING\r\n", 0, bad_length},
        {"*1\r\n$04\r\nPING\r\n", 0, bad_length},
        {"*1\r\n$00\r\nPING\r\n", 0, bad_length},
        {"*1\r\n$ 4\r\nPING\r\n", 0, bad_length},
        {"*1\r\n$4 \r\nPING\r\n", 0, bad_length},
        {"*1\r\n$4.0\r\nPING\r\n", 0, bad_length},
        {"*1\r\n$4\nPING\r\n", 0, bad_length},
        {"*1\r\n$536870913\r\n", 0, bad_length},
        {"*1\r\n$9223372036854775807\r\n", 0, bad_length},
        {"*1\r\n$18446744073709551615\r\n", 0, bad_length},
        {"*1\r\n$536870912\r\n", 0, ""},
        {"*1\r\n$10000\r\nabc", 0, ""},
        {ping + "*2\r\n$4\r\nECHO\r\n$-1\r\n" + ping, 1, bad_length},
        {"*2\r\n$4\r\nECHO\r\n$0\r\n\r\n" + ping, 2, ""},
        // What is no word.
        {"*1\r\nPING\r\n", 0, expected('P')},
        {"*1\r\n:4\r\n", 0, expected(':')},
        {"*1\r\n*1\r\n", 0, expected('*')},
        {"*1\r\n\r\n", 0, expected(' ')},
        {"*1\r\n\n\r\n", 0, expected(' ')},
        {"*1\r\n\x80\r\n", 0, expected('\x80')},
        {"*1\r\n'\r\n", 0, expected('\'')},
        {"*2\r\n$4\r\nECHO\r\nhello\r\n", 0, expected('h')},
        {"*2\r\n$4\r\nECHO\r\n\r\n$1\r\na\r\n", 0, expected(' ')},
        {"*1\r\n$3\r\nPING\r\n", 1, ""},
        {"*2\r\n$3\r\nECHO\r\n$1\r\na\r\n", 0, expected(' ')},
        // Lines without an end.
        {"*" + bytes(65535, '1'), 0, ""},
        {"*" + bytes(65536, '1'), 0, too_big_count},
        {"*1\r\n$" + bytes(65535, '1'), 0, ""},
        {"*1\r\n$" + bytes(65536, '1'), 0, too_big_length},
        {"*1\r\n" + bytes(65537, 'x'), 0, too_big_length},
        {bytes(65536, 'x'), 0, ""},
        {bytes(65537, 'x'), 0, too_big_inline},
        {ping + bytes(65537, 'x'), 1, too_big_inline},
        {bytes(65537, '\r'), 0, too_big_inline},
        {"*" + bytes(65536, '\n'), 0, too_big_count},
        {"*" + bytes(65535, '1') + "\r\n", 0, bad_count},
        // A zero byte hides the rest of a line.
        {"*1\0\r\n"s, 0, ""},
        {"\0PING\r\n"s, 0, ""},
        {"PING\0\r\n"s + ping, 0, ""},
        {"PI\0NG\r\nPING\r\n"s, 0, ""},
        {"PI\0NG\r\n"s + bytes(65537, 'x'), 0, too_big_inline},
        {"*1\0\r\n"s + bytes(65537, 'x'), 0, too_big_count},
        {"*1\r\n$4\0\r\n"s + bytes(65537, 'x'), 0, too_big_length},
        {"*1\r\n$4\r\0PING\r\n"s, 1, ""},
        // Inline requests.
        {"PING\r\n", 1, ""},
        {"PING\n", 1, ""},
        {"PING\r\r\n", 1, ""},
        {"  PING  \r\n", 1, ""},
        {"\r\n\n \t\v\f\r\nPING\r\n", 1, ""},
        {"PING\r", 0, ""},
        {"$4\r\nPING\r\n", 2, ""},
        {"'PING'\r\n", 1, ""},
        {"\"PING\r\n", 0, unbalanced},
        {"'PING\r\n", 0, unbalanced},
        {"PING\r\n\"\r\n", 1, unbalanced},
        {"\"PING\"x\r\n", 0, unbalanced},
        {"'PING'x\r\n", 0, unbalanced},
        {"'PING\\'\r\n", 0, unbalanced},
        {"\"PING\\\"\r\n", 0, unbalanced},
        {"\"PING\\\r\n", 0, unbalanced},
        {"\"PING\"\v\r\n", 1, ""},
        {"P\"ING\"\r\n", 1, ""},
        {"ECHO \"\"\r\n", 1, ""},
        {"PING\r\n*x\r\n", 1, bad_count},
        {"-1\r\n", 1, ""},
    };
}

// The same for clients that have yet to authenticate. There Redis answers each request with an
// error.
inline std::vector<MalformedRequest> unauthenticated_requests()
{
    const std::string too_many = "Protocol error: unauthenticated multibulk length";
    const std::string too_long = "Protocol error: unauthenticated bulk length";
    const std::string ping = "*1\r\n$4\r\nPING\r\n";
    std::string ten = "*10\r\n$4\r\nECHO\r\n";
    for (int i = 0; i < 9; ++i) ten += "$1\r\na\r\n";
    const std::string longest = "*2\r\n$4\r\nECHO\r\n$16384\r\n" + bytes(16384, 'x') + "\r\n";
    return {
        {ten, 1, ""},
        {"*11\r\n", 0, too_many},
        {ping + "*11\r\n", 1, too_many},
        {"*2147483648\r\n", 0, "Protocol error: invalid multibulk length"},
        {longest, 1, ""},
        {"*2\r\n$4\r\nECHO\r\n$16385\r\n", 0, too_long},
        {"*2\r\n$4\r\nECHO\r\n$536870913\r\n", 0, "Protocol error: invalid bulk length"},
        {"ECHO a b c d e f g h i j k l m\r\n", 1, ""},
        {"ECHO " + bytes(20000, 'x') + "\r\n", 1, ""},
    };
}

}  // namespace mini_redis::protocol
