// What there is to tell, asked for once and told to all who look.
//
//            once a second                  bounded, the oldest is dropped
//   server  <--------------  Newsroom  -->  [news] [news] [news]  -->  Reader, one a page
//
// However many pages look, the server is asked as if it were one; and with nobody looking it is not
// asked at all. A reader that is too slow misses news and is told how many.
#pragma once

#include "server/admin/house.hpp"
#include "server/admin/session.hpp"
#include "server/runtime/alarm.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/notify.hpp"

#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>

namespace mini_redis::admin {

// What a reader wants to hear of besides the shutdown.
struct Topics {
    bool info = true;
    bool tasks = false;
    bool clients = false;
};

// Each part is JSON, or empty if nobody wanted it or no answer came.
struct News {
    std::int64_t at_ms = 0;  // Unix time
    std::string shutdown;
    std::string info;
    std::string tasks;
    std::string clients;
};

class Newsroom {
public:
    class Reader {
    public:
        explicit Reader(Newsroom& room);
        ~Reader();
        Reader(const Reader&) = delete;
        Reader& operator=(const Reader&) = delete;

        void want(const Topics& topics) { topics_ = topics; }
        const Topics& topics() const { return topics_; }

        // The next news as a JSON object; nothing if there is none yet.
        std::optional<std::string> take();
        // Whether there will be no more.
        bool over() const { return room_.closed_; }

        // Until there may be something to take, or it is over.
        // Runs on: the room's executor.  When cancelled: returns.  Fails: never.
        runtime::awaitable<void> more();

        // As it is told to it, while it is in a room.
        void hear(std::shared_ptr<const News> news);

    private:
        friend class Newsroom;
        static constexpr std::size_t waiting_max = 8;

        Newsroom& room_;
        std::list<Reader*>::iterator place_;
        Topics topics_;
        std::deque<std::shared_ptr<const News>> waiting_;
        std::uint64_t number_ = 0;
        std::uint64_t dropped_ = 0;  // since the last that was taken
        runtime::Notify heard_;
    };

    // `house` outlives it.
    Newsroom(runtime::Executor executor, House& house);

    // Asks and tells, as long as there are readers to tell.
    // Runs on: the executor given, for ever.  When cancelled: ends.  Fails: never, but for
    // std::bad_alloc.
    runtime::awaitable<void> work();

    // Tells news now, and not only when it is time.
    void look_again() { pause_.cancel(); }

    bool has_readers() const { return !readers_.empty(); }

    // Tells a last time what needs no asking, and that it is over.
    void close();

private:
    Topics wanted() const;
    runtime::awaitable<void> ask(News& news, Topics topics);
    void tell(News news);

    runtime::Executor executor_;
    House& house_;
    std::list<Reader*> readers_;
    std::unique_ptr<Session> session_;  // kept while somebody looks
    runtime::Notify arrival_;
    runtime::Alarm pause_;
    bool closed_ = false;
};

}  // namespace mini_redis::admin
