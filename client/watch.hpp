// Optimistic locking: watch keys, read them, and change them only if nobody else has meanwhile.
//
//   Watch watch = client.watch();
//   co_await watch.keys("stock");
//   const auto stock = co_await watch.get("stock");        // reads, on the same connection
//   Transaction buy;
//   buy.decr("stock");
//   const auto outcome = co_await watch.exec(buy);         // !outcome->executed: try again
//
// It has a connection of its own, for to watch is to change a connection; and it never connects
// again, for a new connection would watch nothing. Once its connection is lost all that is asked of
// it fails, and a new Watch is needed.
#pragma once

#include "client/client.hpp"

namespace mini_redis::client {

class Watch : public Commands<Watch> {
public:
    Watch(const Executor& executor, Options options, const Outside& outside = {})
        : client_(executor, never_again(std::move(options)), outside)
    {
    }

    // From now on, until exec() or forget().
    template <WordLike... Keys>
    Operation<void> keys(const Keys&... keys)
    {
        return ask<void>("WATCH", keys...);
    }
    Operation<void> keys(Words keys) { return request<void>(Request("WATCH").then(keys)); }
    Operation<void> forget() { return ask<void>("UNWATCH"); }

    Operation<Value> exec(Words words) { return client_.exec(words); }
    Operation<Outcome> exec(Transaction& transaction) { return client_.exec(transaction); }
    template <class T>
    Operation<T> request(const Request& request)
    {
        return client_.request<T>(request);
    }

private:
    static Options never_again(Options options)
    {
        options.reconnect = false;
        return options;
    }

    Client client_;
};

}  // namespace mini_redis::client
