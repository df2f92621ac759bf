// Asking, telling, and dropping what is too old.
#include "server/admin/newsroom.hpp"

#include "server/admin/json.hpp"
#include "server/admin/tasks_seen.hpp"
#include "server/runtime/race.hpp"

#include <chrono>
#include <utility>

namespace mini_redis::admin {
using protocol::Value;
using runtime::awaitable;
using std::chrono::milliseconds;
namespace asio = runtime::asio;

namespace {

constexpr milliseconds interval{1000};
constexpr milliseconds interval_at_the_end{50};  // a shutdown is over before long
constexpr milliseconds answer_longest{2000};

}  // namespace

Newsroom::Reader::Reader(Newsroom& room)
    : room_(room), place_(room.readers_.insert(room.readers_.end(), this)), heard_(room.executor_)
{
    room_.arrival_.notify();
}

Newsroom::Reader::~Reader()
{
    room_.readers_.erase(place_);
}

awaitable<void> Newsroom::Reader::more()
{
    if (waiting_.empty() && !over()) return heard_.wait();
    return []() -> awaitable<void> { co_return; }();
}

void Newsroom::Reader::hear(std::shared_ptr<const News> news)
{
    if (waiting_.size() == waiting_max) {
        waiting_.pop_front();
        ++dropped_;
    }
    waiting_.push_back(std::move(news));
    heard_.notify();
}

std::optional<std::string> Newsroom::Reader::take()
{
    if (waiting_.empty()) return std::nullopt;
    const std::shared_ptr<const News> news = std::move(waiting_.front());
    waiting_.pop_front();
    std::string text = "{\"seq\":" + std::to_string(++number_) +
                       ",\"dropped\":" + std::to_string(std::exchange(dropped_, 0)) +
                       ",\"at_ms\":" + std::to_string(news->at_ms) +
                       ",\"shutdown\":" + news->shutdown;
    const auto add = [&](const char* name, bool wanted, const std::string& part) {
        if (wanted && !part.empty()) text += std::string(",\"") + name + "\":" + part;
    };
    add("info", topics_.info, news->info);
    add("tasks", topics_.tasks, news->tasks);
    add("clients", topics_.clients, news->clients);
    return text + "}";
}

Newsroom::Newsroom(runtime::Executor executor, House& house)
    : executor_(executor), house_(house), arrival_(executor), pause_(executor, runtime::system_time)
{
}

awaitable<void> Newsroom::work()
{
    const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
    while (state.cancelled() == asio::cancellation_type::none) {
        if (readers_.empty()) {
            session_.reset();
            co_await arrival_.wait();
            continue;
        }
        const auto running = [this] { return house_.look_at_shutdown().phase == "running"; };
        News news;
        co_await runtime::with_timeout(ask(news, wanted()),
                                       running() ? answer_longest : interval_at_the_end,
                                       runtime::system_time);
        tell(std::move(news));
        co_await pause_.wait_for(running() ? interval : interval_at_the_end);
    }
}

void Newsroom::close()
{
    closed_ = true;
    tell({});
}

Topics Newsroom::wanted() const
{
    Topics all{.info = false};
    for (const Reader* reader : readers_) {
        all.info |= reader->topics().info;
        all.tasks |= reader->topics().tasks;
        all.clients |= reader->topics().clients;
    }
    return all;
}

awaitable<void> Newsroom::ask(News& news, Topics topics)
{
    // First: a server that shuts down answers no session any more, but has tasks to the last.
    if (topics.tasks) news.tasks = tasks_json(co_await look_at_tasks(executor_, house_));
    // A session that did not answer is followed by another: it was killed, or nobody can answer.
    // (Who is cut short here does not come to keep it.)
    std::unique_ptr<Session> session = std::move(session_);
    if (!session) session = std::make_unique<Session>(executor_, house_);
    if (topics.info) {
        const Value info = co_await session->ask(Session::info_words);
        if (info.is_error()) co_return;
        news.info = info_json(info.text);
    }
    if (topics.clients) {
        const Value clients = co_await session->ask(Session::clients_words);
        if (clients.is_error()) co_return;
        news.clients = clients_json(clients.text);
    }
    session_ = std::move(session);
}

void Newsroom::tell(News news)
{
    news.at_ms = runtime::unix_milliseconds();
    news.shutdown = shutdown_json(house_.look_at_shutdown());
    const auto told = std::make_shared<const News>(std::move(news));
    for (Reader* reader : readers_) reader->hear(told);
}

}  // namespace mini_redis::admin
