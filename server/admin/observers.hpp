// The observers' side of the server: a port of its own, and a thread of its own, so that a browser,
// however slow or hostile, delays no client.
#pragma once

#include "server/admin/house.hpp"
#include "server/admin/visit.hpp"
#include "server/runtime/io_thread.hpp"
#include "server/runtime/semaphore.hpp"
#include "server/runtime/task_group.hpp"

#include <thread>
#include <vector>

namespace mini_redis::admin {

class Observers {
public:
    // The sockets are bound and listen. `house` outlives it.
    Observers(House& house, Rules rules, std::vector<runtime::Descriptor> listening);
    // Ends whatever is still going on.
    ~Observers();

    // On a thread that it starts.
    void start();
    // From any thread: there is something new to be seen.
    void look_again();
    // From any thread but that one: whoever hears news hears the last, whoever else is being served
    // is cut short. Blocks until all is over.
    void stop();

private:
    // Runs on: its own thread, for ever.  When cancelled: ends.  Fails: never.
    awaitable<void> listen(Acceptor& acceptor);
    awaitable<void> see_off();

    runtime::IoThread io_;
    runtime::TaskGroup tasks_;
    runtime::Semaphore places_;
    Premises premises_;
    std::vector<Acceptor> acceptors_;
    std::thread thread_;
};

}  // namespace mini_redis::admin
