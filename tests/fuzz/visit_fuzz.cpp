// Whatever a visitor sends, as a request or once it has a WebSocket: it is answered in HTTP or its
// connection ends, and the visit ends with it.
//
// The first byte says where the others are sent: 0 as they are, 1 to the feed, 2 to a session.
#include "server/admin/visit.hpp"
#include "server/runtime/task_group.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

using namespace mini_redis;
namespace asio = runtime::asio;

namespace {

// Nobody is at home: a session that is opened has ended already.
class EmptyHouse final : public admin::House {
public:
    runtime::Descriptor open_session() override
    {
        int ends[2] = {};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0) std::abort();
        ::close(ends[1]);
        return runtime::Descriptor(ends[0]);
    }
    std::string password() const override { return {}; }
    admin::ShutdownSeen look_at_shutdown() const override { return {.phase = "running"}; }
    void look_at_tasks(Then then) override { then({{.number = 0, .mail = {}, .tasks = {}}}); }
};

std::string upgrade(const char* target)
{
    return std::string("GET ") + target +
           " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
}

class Visitor {
public:
    Visitor()
    {
        // A real connection: the visit asks for its address.
        asio::ip::tcp::acceptor acceptor(context_, {asio::ip::address_v4::loopback(), 0});
        asio::ip::tcp::socket peer(context_);
        peer_.emplace(context_);
        peer_->connect(acceptor.local_endpoint());
        admin::Socket accepted(context_.get_executor());
        acceptor.accept(peer);
        accepted.assign(asio::ip::tcp::v4(), peer.release());
        tasks_.spawn("visit", admin::visit(std::move(accepted), premises_));
    }

    // Sends a request, and the rest once that was answered; says that this is all, and returns what
    // comes back until the visit has ended.
    std::string send(std::string_view request, std::string_view rest)
    {
        runtime::error_code error;
        peer_->non_blocking(true);
        std::string_view unsent = request;
        bool said_all = false;
        for (int steps = 0; tasks_.size() != 0; ++steps) {
            if (steps > 100'000) std::abort();  // it does not end
            if (unsent.empty() && (request.empty() || !received_.empty()))
                unsent = std::exchange(rest, {});
            unsent.remove_prefix(
                peer_->write_some(asio::buffer(unsent.data(), unsent.size()), error));
            const bool refused = error && error != asio::error::would_block;
            if (!said_all && (refused || (unsent.empty() && rest.empty()))) {
                peer_->shutdown(asio::socket_base::shutdown_send, error);
                said_all = true;
            }
            context_.restart();
            context_.poll();
            if (!receive() && said_all) wait_for_work();
        }
        while (receive()) continue;
        return received_;
    }

private:
    // Whether there was anything.
    bool receive()
    {
        runtime::error_code error;
        char room[4096];
        const std::size_t count = peer_->read_some(asio::buffer(room), error);
        received_.append(room, count);
        return count != 0;
    }
    void wait_for_work()
    {
        context_.restart();
        context_.run_one_for(std::chrono::milliseconds(1));
    }

    asio::io_context context_;
    EmptyHouse house_;
    admin::Premises premises_{.rules = {},
                              .house = house_,
                              .site = admin::Site(context_.get_executor(), house_),
                              .room = admin::Newsroom(context_.get_executor(), house_)};
    runtime::TaskGroup tasks_{context_.get_executor(), [](auto, const auto&) { std::abort(); }};
    std::optional<asio::ip::tcp::socket> peer_;
    std::string received_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const char* target = data[0] % 3 == 1 ? "/ws/feed" : data[0] % 3 == 2 ? "/ws/session" : nullptr;
    const std::string request = target ? upgrade(target) : "";
    const std::string received = Visitor().send(request, bytes);
    if (!received.empty() && !received.starts_with("HTTP/1.")) std::abort();
    if (target && !received.starts_with("HTTP/1.1 101")) std::abort();
    return 0;
}
