// The transport's tries never block, and poll() tells when to try again.
#include "client/cli/link.hpp"

#include "client/cli/interrupt.hpp"
#include "client/socket_transport.hpp"
#include "client/tasks.hpp"
#include "protocol/writer.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <netdb.h>
#include <poll.h>
#include <utility>

namespace mini_redis::cli {
namespace {

namespace asio = client::asio;
using client::error_code;

constexpr std::size_t read_bytes = 64 << 10;

Break lost(std::string text)
{
    return {Break::Cause::closed, std::move(text)};
}

// In the words of the system where it has some.
std::string to_text(const error_code& error)
{
    if (error == asio::error::host_not_found) return ::gai_strerror(EAI_NONAME);
    if (error == asio::error::host_not_found_try_again) return ::gai_strerror(EAI_AGAIN);
    if (error == asio::error::operation_aborted) return "Interrupted";
    return error.message();
}

std::optional<Break> broken_by(const error_code& error)
{
    if (!error || error == asio::error::would_block || error == asio::error::interrupted)
        return std::nullopt;
    if (error == asio::error::eof) return lost("Server closed the connection");
    return lost(to_text(error));
}

// The one thing that is done asynchronously: to connect.
class Opening final : public client::Tasks::Owner {
public:
    void task_failed(std::string_view, const std::exception_ptr& fault) override { fault_ = fault; }
    void tasks_ended() override {}

    client::awaitable<void> run(client::Transport& transport, client::Address address)
    {
        const error_code error = co_await transport.open(std::move(address));
        error_ = error;
    }
    // Throws what the task threw.
    error_code error() const
    {
        if (fault_) std::rethrow_exception(fault_);
        return error_;
    }

private:
    std::exception_ptr fault_;
    error_code error_;
};

}  // namespace

struct Link::Wire {
    asio::io_context context{1};
    client::SocketTransport transport{context.get_executor()};
    client::Tasks tasks{context.get_executor()};

    error_code open(const client::Address& address, const Interrupt* interrupt)
    {
        constexpr std::chrono::milliseconds between_looks{50};
        const auto opening = std::make_shared<Opening>();
        tasks.spawn(opening, "open", opening->run(transport, address));
        while (tasks.size() != 0) {
            context.run_one_for(between_looks);
            if (interrupt != nullptr && interrupt->raised()) transport.close();
        }
        return opening->error();
    }
};

Link::Link(const Interrupt* interrupt) : interrupt_(interrupt) {}

Link::~Link() = default;

std::optional<std::string> Link::open(const client::Address& address)
{
    close();
    auto wire = std::make_unique<Wire>();
    if (const auto error = wire->open(address, interrupt_)) return to_text(error);
    wire_ = std::move(wire);
    return std::nullopt;
}

void Link::close()
{
    wire_.reset();
    outgoing_.clear();
    incoming_.clear();
    parser_ = {};
}

bool Link::is_open() const
{
    return wire_ != nullptr;
}

void Link::send(const Words& words)
{
    protocol::Writer writer(outgoing_, protocol::Dialect::resp2);
    writer.array(words.size());
    for (const std::string& word : words) writer.bulk(word);
}

std::optional<Break> Link::receive(protocol::Value& value)
{
    while (!next(value)) {
        if (auto broken = exchange(-1)) return broken;
    }
    return std::nullopt;
}

bool Link::next(protocol::Value& value)
{
    incoming_.consume(parser_.feed(incoming_.view()));
    if (!parser_.ready()) return false;
    value = parser_.take();
    return true;
}

std::optional<Break> Link::exchange(int timeout_ms)
{
    if (const auto wrong = parser_.error(); !wrong.empty())
        return Break{Break::Cause::unreadable, "Protocol error, " + std::string(wrong)};
    short happened = 0;
    const auto events = static_cast<short>(outgoing_.empty() ? POLLIN : POLLIN | POLLOUT);
    if (auto broken = wait(events, timeout_ms, happened)) return broken;
    if ((happened & (POLLIN | POLLHUP | POLLERR)) != 0) return read_some();
    if ((happened & POLLOUT) != 0) return write_some();
    return std::nullopt;
}

std::optional<Break> Link::wait(short events, int timeout_ms, short& happened)
{
    if (!is_open()) return lost("Not connected");
    pollfd awaited[] = {{wire_->transport.descriptor(), events, 0},
                        {interrupt_ != nullptr ? interrupt_->descriptor() : -1, POLLIN, 0}};
    const int count = ::poll(awaited, 2, timeout_ms);
    if (count < 0 && errno != EINTR) return lost(std::strerror(errno));
    if (count > 0 && awaited[1].revents != 0) return Break{Break::Cause::interrupted, {}};
    happened = count > 0 ? awaited[0].revents : short{0};
    return std::nullopt;
}

std::optional<Break> Link::write_some()
{
    error_code error;
    const auto bytes = asio::buffer(outgoing_.data(), outgoing_.size());
    outgoing_.consume(wire_->transport.write_some(bytes, error));
    return broken_by(error);
}

std::optional<Break> Link::read_some()
{
    error_code error;
    const auto room = asio::buffer(incoming_.room(read_bytes), read_bytes);
    incoming_.grew(wire_->transport.read_some(room, error));
    return broken_by(error);
}

}  // namespace mini_redis::cli
