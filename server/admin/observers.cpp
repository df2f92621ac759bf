// Accepting observers, and seeing them off.
#include "server/admin/observers.hpp"

#include "server/admin/visit.hpp"
#include "server/observability/fault.hpp"
#include "server/runtime/alarm.hpp"

#include <chrono>
#include <utility>

namespace mini_redis::admin {
namespace {

// Each costs a buffer of some KB; more than that wait to be accepted.
constexpr std::size_t visitors_max = 1024;
constexpr auto farewell_longest = std::chrono::seconds(2);
constexpr auto pause = std::chrono::milliseconds(100);

// Its place is kept as long as it stays.
awaitable<void> visit_in_place(runtime::Semaphore::Permit, Socket socket, Premises& premises)
{
    co_await visit(std::move(socket), premises);
}

}  // namespace

Observers::Observers(House& house, Rules rules, std::vector<runtime::Descriptor> listening)
    : tasks_(io_.executor(), observability::note_fault),
      places_(io_.executor(), visitors_max),
      premises_{.rules = std::move(rules),
                .house = house,
                .site = Site(io_.executor(), house),
                .room = Newsroom(io_.executor(), house)}
{
    for (runtime::Descriptor& descriptor : listening) {
        // Which of the two it is only matters to who would open it.
        Acceptor& acceptor = acceptors_.emplace_back(io_.context());
        acceptor.assign(asio::ip::tcp::v4(), descriptor.get());
        descriptor.take();
    }
}

Observers::~Observers()
{
    stop();
}

void Observers::start()
{
    thread_ = std::thread([this] {
        for (Acceptor& acceptor : acceptors_) tasks_.spawn("listen", listen(acceptor));
        tasks_.spawn("newsroom", premises_.room.work());
        io_.run();
    });
}

void Observers::look_again()
{
    io_.post([this] { premises_.room.look_again(); });
}

void Observers::stop()
{
    if (!thread_.joinable()) return;
    io_.post([this] { tasks_.spawn("see off", see_off()); });
    thread_.join();
}

awaitable<void> Observers::see_off()
{
    runtime::Alarm alarm(io_.executor(), runtime::system_time);
    premises_.room.close();
    const auto deadline = std::chrono::steady_clock::now() + farewell_longest;
    while (premises_.room.has_readers() && std::chrono::steady_clock::now() < deadline)
        co_await alarm.wait_for(std::chrono::milliseconds(5));
    tasks_.cancel();
    io_.finish();
}

awaitable<void> Observers::listen(Acceptor& acceptor)
{
    runtime::Alarm alarm(io_.executor(), runtime::system_time);
    for (;;) {
        runtime::Semaphore::Permit place = co_await places_.acquire();
        if (!place) co_return;
        auto [error, socket] = co_await acceptor.async_accept(runtime::use_tuple);
        if (error == asio::error::operation_aborted) co_return;
        if (error)
            co_await alarm.wait_for(pause);  // no descriptors, no memory: perhaps later
        else
            tasks_.spawn("visitor", visit_in_place(std::move(place), std::move(socket), premises_));
    }
}

}  // namespace mini_redis::admin
