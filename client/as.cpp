// Scalars are converted from where they lie; a Value gives up what it holds.
#include "client/as.hpp"

#include "protocol/number.hpp"

namespace mini_redis::client {
namespace {

using Kind = Value::Kind;

bool is_text(Kind kind)
{
    return kind == Kind::bulk || kind == Kind::simple || kind == Kind::verbatim ||
           kind == Kind::number || kind == Kind::big_number;
}

}  // namespace

Error unexpected(const Value& reply)
{
    if (reply.is_error()) return {Errc::server, reply.text};
    return {Errc::unexpected, "unexpected reply: " + to_text(reply)};
}

Result<Value> As<Value>::from(Value&& reply)
{
    if (reply.is_error()) return unexpected(reply);
    return std::move(reply);
}

Result<Value> As<Value>::from(const Scalar& reply)
{
    if (reply.kind == Kind::error) return unexpected(reply.value());
    return reply.value();
}

Result<void> As<void>::from(Value&& reply)
{
    if (reply.kind != Kind::simple) return unexpected(reply);
    return {};
}

Result<void> As<void>::from(const Scalar& reply)
{
    if (reply.kind != Kind::simple) return unexpected(reply.value());
    return {};
}

Result<std::string> As<std::string>::from(Value&& reply)
{
    if (!is_text(reply.kind)) return unexpected(reply);
    return std::move(reply.text);
}

Result<std::string> As<std::string>::from(const Scalar& reply)
{
    if (!is_text(reply.kind)) return unexpected(reply.value());
    return std::string(reply.text);
}

Result<std::int64_t> As<std::int64_t>::from(Value&& reply)
{
    if (reply.kind != Kind::integer) return unexpected(reply);
    return reply.integer;
}

Result<std::int64_t> As<std::int64_t>::from(const Scalar& reply)
{
    if (reply.kind != Kind::integer) return unexpected(reply.value());
    return reply.integer;
}

Result<bool> As<bool>::from(Value&& reply)
{
    if (reply.kind == Kind::integer || reply.kind == Kind::boolean) return reply.integer != 0;
    if (reply.kind == Kind::null) return false;
    if (reply.kind == Kind::simple && reply.text == "OK") return true;
    return unexpected(reply);
}

Result<bool> As<bool>::from(const Scalar& reply)
{
    if (reply.kind == Kind::integer) return reply.integer != 0;
    return from(reply.value());
}

Result<double> As<double>::from(Value&& reply)
{
    if (reply.kind == Kind::number) return reply.number;
    if (reply.kind == Kind::integer) return static_cast<double>(reply.integer);
    if (reply.kind == Kind::bulk)
        if (const auto number = protocol::parse_double(reply.text)) return *number;
    return unexpected(reply);
}

Result<Pairs> As<Pairs>::from(Value&& reply)
{
    if (reply.kind < Kind::array || reply.children.size() % 2 != 0) return unexpected(reply);
    Pairs pairs;
    pairs.reserve(reply.children.size() / 2);
    for (std::size_t i = 0; i < reply.children.size(); i += 2) {
        auto first = As<std::string>::from(std::move(reply.children[i]));
        if (!first) return std::move(first).error();
        auto second = As<std::string>::from(std::move(reply.children[i + 1]));
        if (!second) return std::move(second).error();
        pairs.emplace_back(*std::move(first), *std::move(second));
    }
    return pairs;
}

}  // namespace mini_redis::client
