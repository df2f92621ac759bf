// Where the reply to a request arrives, or the replies to several, until all is there.
#pragma once

#include "client/as.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace mini_redis::client {

// What several requests at once come to: a result each.
using Replies = std::vector<Result<Value>>;

// One reply, converted as it arrives.
template <class T>
class Reception {
public:
    void receive(const Scalar& reply) { result_.emplace(As<T>::from(reply)); }
    void receive(Value&& reply) { result_.emplace(As<T>::from(std::move(reply))); }
    void fail(Error error) { result_.emplace(std::move(error)); }
    Result<T> take() { return *std::move(result_); }

private:
    std::optional<Result<T>> result_;
};

template <>
class Reception<Replies> {
public:
    void receive(const Scalar& reply) { replies_.push_back(As<Value>::from(reply)); }
    void receive(Value&& reply) { replies_.push_back(As<Value>::from(std::move(reply))); }
    void fail(Error error) { error_ = std::move(error); }
    Result<Replies> take()
    {
        if (error_) return *std::move(error_);
        return std::move(replies_);
    }

private:
    Replies replies_;
    std::optional<Error> error_;
};

// What a transaction comes to: nothing was executed because a watched key had changed, or a result
// for each of its requests.
struct Outcome {
    bool executed = false;
    Replies replies;
};

// MULTI, the requests as they are queued, EXEC. What a request is refused with before EXEC tells
// more than EXEC's complaint that there was one.
template <>
class Reception<Outcome> {
public:
    void receive(const Scalar& reply) { receive(reply.value()); }
    void receive(Value&& reply);
    void fail(Error error) { error_ = std::move(error); }
    Result<Outcome> take();

private:
    Value last_;
    std::optional<Error> refused_;
    std::optional<Error> error_;
};

}  // namespace mini_redis::client
