// What is served, path by path.
//
//   /          the console, and its files
//   /book/     the book, and its files
//   /healthz   200 while the server answers a PING
//   /readyz    200 while it takes new clients
//   /metrics   Prometheus
//   /api/...   JSON: info, clients, tasks, slowlog, latency, commands
//   /ws/...    WebSockets (talk.hpp)
#pragma once

#include "server/admin/house.hpp"
#include "server/admin/http.hpp"

#include <string_view>

namespace mini_redis::admin {

class Site {
public:
    // `house` outlives it.
    Site(runtime::Executor executor, House& house) : executor_(std::move(executor)), house_(house)
    {
    }

    // Whether it tells nothing about the server but whether it is there.
    static bool is_public(const Request& request);

    // Runs on: the executor given.  When cancelled: may say that the server did not answer.
    // Fails: never, but for std::bad_alloc.
    awaitable<Response> answer(const Request& request);

private:
    awaitable<Response> page(std::string_view path);
    awaitable<Response> health();
    awaitable<Response> tasks();
    Response readiness() const;

    runtime::Executor executor_;
    House& house_;
};

// A page of its own for whatever has no other answer.
Response plain(http::status status, std::string_view text);

}  // namespace mini_redis::admin
