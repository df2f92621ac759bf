// Several requests at once. A Pipeline is a convenience: its requests travel together and so do
// the replies. A Transaction is a promise: they are executed as one, or not at all.
//
//   Pipeline pipeline;
//   pipeline.incr("visits");
//   pipeline.get("name");
//   const Result<Replies> replies = co_await client.exec(pipeline);
#pragma once

#include "client/commands.hpp"
#include "client/reception.hpp"

namespace mini_redis::client {

// Requests, encoded as they come.
class Pipeline : public Commands<Pipeline> {
public:
    template <WordLike... Head>
    void exec(const Head&... words)
    {
        add(Request(words...));
    }
    void exec(Words words) { add(Request(words)); }

    std::size_t size() const { return size_; }
    // All of it, to be sent. Refers to this.
    Request request() const
    {
        return Request::encoded(bytes_.view(), static_cast<std::uint32_t>(size_));
    }
    void clear()
    {
        bytes_.clear();
        size_ = 0;
    }

private:
    friend class Commands<Pipeline>;
    template <class T>
    void request(const Request& request)
    {
        add(request);
    }
    void add(const Request& request)
    {
        request.encode(bytes_);
        ++size_;
    }

    protocol::Buffer bytes_;
    std::size_t size_ = 0;
};

// MULTI, the requests, EXEC: sent as one, so that on a shared connection nobody comes between.
class Transaction : public Commands<Transaction> {
public:
    Transaction() { Request("MULTI").encode(bytes_); }

    template <WordLike... Head>
    void exec(const Head&... words)
    {
        add(Request(words...));
    }
    void exec(Words words) { add(Request(words)); }

    std::size_t size() const { return size_; }
    // Refers to this, and no more may be added.
    Request request()
    {
        if (!complete_) Request("EXEC").encode(bytes_);
        complete_ = true;
        return Request::encoded(bytes_.view(), static_cast<std::uint32_t>(size_ + 2));
    }

private:
    friend class Commands<Transaction>;
    template <class T>
    void request(const Request& request)
    {
        add(request);
    }
    void add(const Request& request)
    {
        request.encode(bytes_);
        ++size_;
    }

    protocol::Buffer bytes_;
    std::size_t size_ = 0;
    bool complete_ = false;
};

}  // namespace mini_redis::client
