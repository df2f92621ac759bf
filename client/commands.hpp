// The common commands, with the types they are known to have. All others: exec(), or ask<T>().
//
// For a Client each of them is an operation to be awaited; a BlockingClient waits for it itself; a
// Pipeline or a Transaction takes note of it.
#pragma once

#include "client/as.hpp"
#include "client/request.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mini_redis::client {

// What SET can do besides.
struct SetOptions {
    enum class If : std::uint8_t { always, absent, present };

    std::optional<std::chrono::milliseconds> expiry{};
    bool keep_ttl = false;
    If condition = If::always;
};

template <class Self>
class Commands {
public:
    using milliseconds = std::chrono::milliseconds;
    using seconds = std::chrono::seconds;
    using Text = std::string_view;
    using Integer = std::int64_t;
    using MaybeString = std::optional<std::string>;

    // Any command, whose reply is a T: ask<std::int64_t>("STRLEN", key). There is an As for Value,
    // void, std::string, std::int64_t, double, bool; for optional and vector of these, and Pairs.
    template <class T, WordLike... Head>
    auto ask(const Head&... words)
    {
        return send<T>(Request(words...));
    }

    auto ping() { return ask<std::string>("PING"); }
    auto echo(Text text) { return ask<std::string>("ECHO", text); }
    auto publish(Text channel, Text message) { return ask<Integer>("PUBLISH", channel, message); }

    // Strings.
    auto get(Text key) { return ask<MaybeString>("GET", key); }
    // Whether it was set, which a condition may prevent.
    auto set(Text key, Text value) { return ask<bool>("SET", key, value); }
    auto set(Text key, Text value, const SetOptions& options)
    {
        Request request("SET", key, value);
        if (options.expiry) request.add("PX").add(options.expiry->count());
        if (options.keep_ttl) request.add("KEEPTTL");
        if (options.condition == SetOptions::If::absent) request.add("NX");
        if (options.condition == SetOptions::If::present) request.add("XX");
        return send<bool>(request);
    }
    auto append(Text key, Text value) { return ask<Integer>("APPEND", key, value); }
    auto strlen(Text key) { return ask<Integer>("STRLEN", key); }
    auto incr(Text key) { return ask<Integer>("INCR", key); }
    auto incrby(Text key, Integer amount) { return ask<Integer>("INCRBY", key, amount); }
    auto decr(Text key) { return ask<Integer>("DECR", key); }
    template <WordLike... Keys>
    auto mget(const Keys&... keys)
    {
        return ask<std::vector<MaybeString>>("MGET", keys...);
    }
    auto mget(Words keys) { return list<std::vector<MaybeString>>("MGET", keys); }
    // Keys and values in turn.
    template <WordLike... More>
    auto mset(Text key, Text value, const More&... more)
    {
        return ask<void>("MSET", key, value, more...);
    }
    auto mset(Words pairs) { return list<void>("MSET", pairs); }

    // Keys.
    template <WordLike... Keys>
    auto del(const Keys&... keys)
    {
        return ask<Integer>("DEL", keys...);
    }
    auto del(Words keys) { return list<Integer>("DEL", keys); }
    template <WordLike... Keys>
    auto exists(const Keys&... keys)
    {
        return ask<Integer>("EXISTS", keys...);
    }
    auto expire(Text key, seconds time) { return ask<bool>("EXPIRE", key, time.count()); }
    auto pexpire(Text key, milliseconds time) { return ask<bool>("PEXPIRE", key, time.count()); }
    auto persist(Text key) { return ask<bool>("PERSIST", key); }
    // As Redis has it: -1 if it does not expire, -2 if there is no such key.
    auto ttl(Text key) { return ask<Integer>("TTL", key); }
    auto pttl(Text key) { return ask<Integer>("PTTL", key); }

    // Hashes.
    auto hget(Text key, Text field) { return ask<MaybeString>("HGET", key, field); }
    template <WordLike... More>
    auto hset(Text key, Text field, Text value, const More&... more)
    {
        return ask<Integer>("HSET", key, field, value, more...);
    }
    auto hset(Text key, Words pairs) { return list<Integer>("HSET", key, pairs); }
    template <WordLike... Fields>
    auto hdel(Text key, const Fields&... fields)
    {
        return ask<Integer>("HDEL", key, fields...);
    }
    auto hgetall(Text key) { return ask<Pairs>("HGETALL", key); }
    auto hincrby(Text key, Text field, Integer amount)
    {
        return ask<Integer>("HINCRBY", key, field, amount);
    }
    auto hlen(Text key) { return ask<Integer>("HLEN", key); }

    // Lists.
    template <WordLike... Elements>
    auto lpush(Text key, const Elements&... elements)
    {
        return ask<Integer>("LPUSH", key, elements...);
    }
    template <WordLike... Elements>
    auto rpush(Text key, const Elements&... elements)
    {
        return ask<Integer>("RPUSH", key, elements...);
    }
    auto rpush(Text key, Words elements) { return list<Integer>("RPUSH", key, elements); }
    auto lpop(Text key) { return ask<MaybeString>("LPOP", key); }
    auto rpop(Text key) { return ask<MaybeString>("RPOP", key); }
    auto llen(Text key) { return ask<Integer>("LLEN", key); }
    auto lrange(Text key, Integer first, Integer last)
    {
        return ask<Strings>("LRANGE", key, first, last);
    }

    // Sets and sorted sets.
    template <WordLike... Members>
    auto sadd(Text key, const Members&... members)
    {
        return ask<Integer>("SADD", key, members...);
    }
    template <WordLike... Members>
    auto srem(Text key, const Members&... members)
    {
        return ask<Integer>("SREM", key, members...);
    }
    auto smembers(Text key) { return ask<Strings>("SMEMBERS", key); }
    auto sismember(Text key, Text member) { return ask<bool>("SISMEMBER", key, member); }
    auto scard(Text key) { return ask<Integer>("SCARD", key); }
    auto zscore(Text key, Text member) { return ask<std::optional<double>>("ZSCORE", key, member); }
    auto zrange(Text key, Integer first, Integer last)
    {
        return ask<Strings>("ZRANGE", key, first, last);
    }

private:
    template <class T>
    auto send(const Request& request)
    {
        return static_cast<Self&>(*this).template request<T>(request);
    }
    template <class T>
    auto list(Word name, Words words)
    {
        return send<T>(Request(name).then(words));
    }
    template <class T>
    auto list(Word name, Text key, Words words)
    {
        return send<T>(Request(name, key).then(words));
    }
};

}  // namespace mini_redis::client
