// A long reply to a client that reads slowly. Its writer is cancelled in the middle and begun again
// with what is still owed: once with the library's loop, once with the server's. What does the
// client read?
#include "server/runtime/asio.hpp"

#include <cstdio>
#include <string>

#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/write.hpp>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;
using Socket = asio::basic_stream_socket<asio::local::stream_protocol, runtime::Executor>;

constexpr asio::use_awaitable_t<runtime::Executor> use_awaitable{};

awaitable<void> write_it(Socket& socket, std::string& outbox)
{
    co_await asio::async_write(socket, asio::buffer(outbox), use_awaitable);
    outbox.clear();
}

awaitable<void> wait_then_write(Socket& socket, std::string& outbox)
{
    while (!outbox.empty()) {
        co_await socket.async_wait(asio::socket_base::wait_write, use_awaitable);
        runtime::error_code full;
        outbox.erase(0, socket.write_some(asio::buffer(outbox), full));
    }
}

using Writer = awaitable<void> (*)(Socket&, std::string&);

class Reading {
public:
    explicit Reading(Writer writer) : writer_(writer)
    {
        asio::local::connect_pair(server_, client_);
        server_.non_blocking(true);
        client_.non_blocking(true);
    }

    std::string reads(const std::string& reply)
    {
        std::string outbox = reply;
        std::string received;
        begin(outbox);
        take(received);
        stop_.emit(asio::cancellation_type::terminal);
        run();
        begin(outbox);
        while (take(received)) continue;
        return received;
    }

private:
    void begin(std::string& outbox)
    {
        asio::co_spawn(context_.get_executor(), writer_(server_, outbox),
                       asio::bind_cancellation_slot(stop_.slot(), [](std::exception_ptr) {}));
        run();
    }

    void run()
    {
        context_.restart();
        context_.poll();
    }

    // All that is there, and then the writer's turn. Whether there was anything.
    bool take(std::string& received)
    {
        char bytes[64 * 1024];
        const std::size_t before = received.size();
        runtime::error_code none_left;
        while (const std::size_t count = client_.read_some(asio::buffer(bytes), none_left))
            received.append(bytes, count);
        run();
        return received.size() != before;
    }

    Writer writer_;
    asio::io_context context_;
    Socket server_{context_};
    Socket client_{context_};
    asio::cancellation_signal stop_;
};

void tell(const char* how, Writer writer)
{
    std::string reply;
    for (int i = 0; reply.size() < 4'000'000; ++i) reply += std::to_string(i) + ' ';
    const std::string received = Reading(writer).reads(reply);
    std::printf("%-16s the client reads %s\n", how,
                received == reply                ? "the reply"
                : received.size() > reply.size() ? "a torn reply, and the whole again behind it"
                                                 : "less than the reply");
}

}  // namespace

int main()
{
    tell("async_write", write_it);
    tell("wait, then write", wait_then_write);
}
