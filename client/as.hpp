// A reply as the type its request is known to have; or an Error, if the server sent one, or
// something else.
#pragma once

#include "client/result.hpp"
#include "client/scan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mini_redis::client {

using protocol::Value;
using Strings = std::vector<std::string>;
using Pairs = std::vector<std::pair<std::string, std::string>>;

// For whatever is not more special: no scalar.
template <class T>
struct As;

// What the server said instead of what was asked for.
Error unexpected(const Value& reply);

template <>
struct As<Value> {
    static Result<Value> from(Value&& reply);
    static Result<Value> from(const Scalar& reply);
};

// Any simple string: OK, PONG, QUEUED.
template <>
struct As<void> {
    static Result<void> from(Value&& reply);
    static Result<void> from(const Scalar& reply);
};

template <>
struct As<std::string> {
    static Result<std::string> from(Value&& reply);
    static Result<std::string> from(const Scalar& reply);
};

template <>
struct As<std::int64_t> {
    static Result<std::int64_t> from(Value&& reply);
    static Result<std::int64_t> from(const Scalar& reply);
};

// 0 and 1; and what did not happen because of a condition is false, OK is true.
template <>
struct As<bool> {
    static Result<bool> from(Value&& reply);
    static Result<bool> from(const Scalar& reply);
};

template <>
struct As<double> {
    static Result<double> from(Value&& reply);
    static Result<double> from(const Scalar& reply) { return from(reply.value()); }
};

// Null is nothing.
template <class T>
struct As<std::optional<T>> {
    template <class Reply>
    static Result<std::optional<T>> from(Reply&& reply)
    {
        if (reply.kind == Value::Kind::null) return std::optional<T>();
        Result<T> value = As<T>::from(std::forward<Reply>(reply));
        if (!value) return std::move(value).error();
        return std::optional<T>(*std::move(value));
    }
};

// Any aggregate, element by element.
template <class T>
struct As<std::vector<T>> {
    static Result<std::vector<T>> from(Value&& reply)
    {
        if (reply.kind < Value::Kind::array) return unexpected(reply);
        std::vector<T> all;
        all.reserve(reply.children.size());
        for (Value& child : reply.children) {
            Result<T> element = As<T>::from(std::move(child));
            if (!element) return std::move(element).error();
            all.push_back(*std::move(element));
        }
        return all;
    }
    static Result<std::vector<T>> from(const Scalar& reply) { return from(reply.value()); }
};

// A map, or in RESP2 an array that alternates.
template <>
struct As<Pairs> {
    static Result<Pairs> from(Value&& reply);
    static Result<Pairs> from(const Scalar& reply) { return from(reply.value()); }
};

template <class T>
Result<T> as(Value reply)
{
    return As<T>::from(std::move(reply));
}

}  // namespace mini_redis::client
