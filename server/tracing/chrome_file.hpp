// A file of Chrome trace events, which chrome://tracing and Perfetto (https://ui.perfetto.dev)
// show: a row for each thread with what it did, and one for each client with what it waited for.
//
//   [ event ,\n event ,\n ... ]      what is written of it so far can always be read
//
// What runs is a complete event ("X") of its thread. What may be suspended lies across others, and
// so is a pair of asynchronous events ("b", "e") of its client. From an answer a flow ("s", "f")
// leads to the end of the wait that it ended; a wait that nobody answered has an end of a flow that
// begins nowhere, which is not shown.
#pragma once

#include "server/tracing/sink.hpp"

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

namespace mini_redis::tracing {

class ChromeFile final : public Sink {
public:
    // Begins the file anew. Times in it count from `now_ns`, unix time. Throws std::runtime_error
    // if it cannot be written.
    ChromeFile(const std::string& path, std::size_t threads, std::int64_t now_ns);
    ~ChromeFile() override;

    std::string_view name() const override { return "file"; }
    awaitable<std::size_t> take(std::span<const Span> spans) override;

private:
    void write(const Span& span);
    void write(const std::string& event);

    const std::int64_t began_ns_;
    std::ofstream file_;
    bool first_ = true;
    bool broken_ = false;  // half an event may have been written: no more is
};

}  // namespace mini_redis::tracing
