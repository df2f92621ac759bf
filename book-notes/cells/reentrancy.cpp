// Ann, Bob and Cid are told something. What Ann does when she is told changes the list of those who
// are being told: she leaves, or she sends Bob away. Five ways to go through the list.
#include "server/runtime/manual_clock.hpp"
#include "server/runtime/shutdown.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;

// What Ann does; she is handed the way to strike a name off the list.
using Strike = std::function<void(const std::string& name)>;
using Whim = void (*)(const Strike& strike);

struct Told {
    Whim whim;
    std::string names;

    void operator()(const std::string& name, const Strike& strike)
    {
        names += (names.empty() ? "" : " ") + name;
        if (name == "Ann") whim(strike);
    }
};

struct List {
    std::vector<std::string> names{"Ann", "Bob", "Cid"};
    int borrowed = 0;

    void operator()(const std::string& name)
    {
        if (borrowed != 0) throw std::logic_error("already borrowed");
        std::erase(names, name);
    }
};

void as_it_is(Told& told)
{
    List list;
    for (std::size_t i = 0; i < list.names.size(); ++i) told(list.names[i], std::ref(list));
}

// As RefCell does: whoever changes what is being looked at is told that it must not.
void borrowed(Told& told)
{
    List list;
    ++list.borrowed;
    for (const std::string& name : list.names) told(name, std::ref(list));
}

void a_copy(Told& told)
{
    List list;
    for (const std::string& name : std::vector<std::string>(list.names)) told(name, std::ref(list));
}

// What Ann wants is done when everybody has been told.
void later(Told& told)
{
    List list;
    asio::io_context loop;
    for (const std::string& name : list.names)
        told(name,
             [&](const std::string& whom) { asio::post(loop, [&list, whom] { list(whom); }); });
    loop.poll();
}

// The server's way; who is told are real listeners.
void one_by_one(Told& told)
{
    asio::io_context loop;
    runtime::ManualClock clock;
    runtime::Shutdown list(loop.get_executor(), clock, [] { return runtime::Patience{}; });
    std::unique_ptr<runtime::Shutdown::Listener> listeners[3];
    const std::string names[] = {"Ann", "Bob", "Cid"};
    const Strike strike = [&](const std::string& name) {
        listeners[std::ranges::find(names, name) - names].reset();
    };
    for (std::size_t i = 0; i < 3; ++i)
        listeners[i].reset(new runtime::Shutdown::Listener(
            list.on(runtime::Phase::hard, [&, i] { told(names[i], strike); })));
    list.force();
}

void show(const char* way, void (*go)(Told&))
{
    const Whim leaves = [](const Strike& strike) { strike("Ann"); };
    const Whim sends_away = [](const Strike& strike) { strike("Bob"); };
    std::printf("%-12s", way);
    for (const Whim whim : {leaves, sends_away}) {
        Told told{whim, ""};
        try {
            go(told);
        } catch (const std::logic_error& error) {
            told.names += std::string(", ") + error.what();
        }
        std::printf(whim == leaves ? "  %-22s" : "%s\n", told.names.c_str());
    }
}

}  // namespace

int main()
{
    std::printf("%-12s  %-22s%s\n", "", "Ann leaves", "Ann sends Bob away");
    show("as it is", as_it_is);
    show("borrowed", borrowed);
    show("a copy", a_copy);
    show("later", later);
    show("one by one", one_by_one);
}
