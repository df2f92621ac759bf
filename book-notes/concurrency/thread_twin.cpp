// The server's twin with a thread for each client: the same parser, commands and data, one lock.
// Nobody is told what he has not asked for (no pub/sub, no MONITOR), and BLPOP waits for nothing.
#include "server/commands/families.hpp"
#include "server/config/command_line.hpp"
#include "server/dispatch/dispatcher.hpp"
#include "server/dispatch/withdraw.hpp"
#include "server/net/listen.hpp"
#include "tests/support/nobody.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <thread>

using namespace mini_redis;
using Progress = dispatch::Dispatcher::Progress;

struct Twin final : dispatch::Control {
    void shut_down(bool) override { std::_Exit(0); }
    void run_in_background(std::function<void()> work) override { work(); }
    config::Config config;
    dispatch::Catalogue catalogue;
    keyspace::Keyspace keyspace{16, keyspace::Keyspace::Use::by_one_thread};  // at a time
    dispatch::Services services{config, catalogue, keyspace, *this};
    std::optional<dispatch::Dispatcher> dispatcher;
    std::mutex mutex;          // for all of that
    std::jthread last_to_end;  // the next to end joins it
};

struct Client {
    Client(Twin& all, int number) : twin(all), socket(number) { session.authenticated = true; }
    // Book: concurrency/a-thread-for-each. A thread that waits for one thing hears of no other.
    void run()
    {
        for (ssize_t count = 1; count > 0 && !session.closing; replies.clear()) {
            count = ::recv(socket.get(), inbox.room(1024), inbox.free_room(), 0);
            inbox.grew(count > 0 ? static_cast<std::size_t>(count) : 0);
            while (count > 0 && serve()) continue;
            ::send(socket.get(), replies.data(), replies.size(), MSG_NOSIGNAL);
        }
        const std::lock_guard lock(twin.mutex);
        dispatch::withdraw(twin.services, session);
        twin.services.clients.leave(session);
        twin.last_to_end.swap(thread);
    }

    bool serve()  // whether there may be more to serve
    {
        batch.clear();
        const auto [consumed, full, error] = parser.parse(inbox.view(), {}, 1024, batch);
        const std::lock_guard lock(twin.mutex);
        protocol::Writer reply(replies, session.dialect);
        for (Progress at{}; at.next < batch.requests.size() && !session.closing;) {
            at = twin.dispatcher->serve(session, batch, at.next, reply);
            if (at.wait && twin.services.waits.end(*at.wait, dispatch::Wait::End::timed_out))
                at.wait->reply(reply);
        }
        if (!error.empty()) session.closing = true, reply.error("ERR " + std::string(error));
        inbox.consume(consumed);
        return full && !session.closing;
    }

    Twin& twin;
    net::Descriptor socket;
    tests::Nobody nothing_unasked;
    dispatch::Session session{twin.services.clients.next_id(), nothing_unasked};
    protocol::RequestParser parser;
    protocol::Batch batch;
    protocol::Buffer inbox, replies;
    std::jthread thread;
};

int main(int argc, char** argv)
{
    Twin twin;
    config::read_command_line(twin.config, {argv + 1, argv + argc}, "twin");
    for (const dispatch::Family* family : commands::families)
        if (family != &commands::subscribing) twin.catalogue.add(*family);
    auto& counts = twin.services.threads.emplace_back(twin.catalogue.all().size(), 1);
    twin.dispatcher.emplace(twin.services, counts, twin.services.hub.add_branch());
    const auto places = net::listen_all(twin.config);
    for (pollfd next{places.front().descriptor.get(), POLLIN, 0}; ::poll(&next, 1, -1) > 0;) {
        const auto client = std::make_shared<Client>(twin, ::accept(next.fd, nullptr, nullptr));
        const std::lock_guard lock(twin.mutex);
        try {
            client->thread = std::jthread([client] { client->run(); });
            twin.services.clients.enter(client->session);
        } catch (const std::system_error&) {  // no thread for one more: its socket is closed
        }
    }
}
