// A collector of OpenTelemetry's, spoken to by OTLP over HTTP.
//
// Its name is looked up once, at the start. What it does not take in two seconds is lost, and said
// to be: the log tells once that it is away, and once that it is back.
#pragma once

#include "server/tracing/sink.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace mini_redis::tracing {

// http://host[:port][/path]; without a path that is /v1/traces.
struct Address {
    std::string host;
    std::string port;
    std::string path;
    std::string authority;  // host and port as a request names them
};

// Throws std::runtime_error, saying what is wrong with it.
Address read_address(const std::string& url);

class Collector final : public Sink {
public:
    // Throws std::runtime_error if nobody knows the host's name.
    Collector(runtime::Executor executor, Address address, std::string version, std::string run_id);
    ~Collector() override;

    std::string_view name() const override { return "collector"; }
    awaitable<std::size_t> take(std::span<const Span> spans) override;

private:
    class Line;

    awaitable<std::string> post(std::string body);
    void tell(const std::string& trouble, std::size_t lost);

    const Address address_;
    const std::string version_;
    const std::string run_id_;
    std::unique_ptr<Line> line_;
    bool away_ = false;
};

}  // namespace mini_redis::tracing
