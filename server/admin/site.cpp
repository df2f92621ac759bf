// Each path asks the server what it needs and says it in its format.
#include "server/admin/site.hpp"

#include "server/admin/assets.hpp"
#include "server/admin/exposition.hpp"
#include "server/admin/json.hpp"
#include "server/admin/policy.hpp"
#include "server/admin/session.hpp"
#include "server/admin/tasks_seen.hpp"
#include "server/runtime/clock.hpp"

#include <array>
#include <utility>

namespace mini_redis::admin {
using protocol::Value;

namespace {

constexpr std::string_view json_type = "application/json";

Response made(http::status status, std::string_view type, std::string body)
{
    Response response;
    response.result(status);
    response.set(http::field::content_type, beast::string_view(type.data(), type.size()));
    response.body() = std::move(body);
    return response;
}

Response moved(std::string_view where)
{
    Response response = plain(http::status::moved_permanently, where);
    response.set(http::field::location, beast::string_view(where.data(), where.size()));
    return response;
}

// Where it is, but for the slash at the end that its links need.
bool is_book(std::string_view path)
{
    return path == "/book" && asset_at("/book/");
}

Response unavailable(const Value& error)
{
    return plain(http::status::service_unavailable, error.text);
}

// What is asked by one command, and how its reply is told.
struct Question {
    std::string_view path;
    Session::Words words;
    std::string_view type;
    std::string (*tell)(const Value& reply);
};

std::string tell_metrics(const Value& info)
{
    return exposition(info.text, runtime::unix_milliseconds() / 1000);
}
std::string tell_info(const Value& info)
{
    return info_json(info.text);
}
std::string tell_clients(const Value& list)
{
    return clients_json(list.text);
}

constexpr std::array<std::string_view, 1> ping{"PING"};
constexpr std::array<std::string_view, 3> slow_log{"SLOWLOG", "GET", "-1"};
constexpr std::array<std::string_view, 2> latency{"LATENCY", "LATEST"};
constexpr std::array<std::string_view, 2> commands{"COMMAND", "DOCS"};
constexpr Question questions[] = {
    {"/metrics", Session::info_words, exposition_type, tell_metrics},
    {"/api/info", Session::info_words, json_type, tell_info},
    {"/api/clients", Session::clients_words, json_type, tell_clients},
    {"/api/slowlog", slow_log, json_type, to_json},
    {"/api/latency", latency, json_type, to_json},
    {"/api/commands", commands, json_type, to_json},
};

std::string_view path_of(const Request& request)
{
    return {request.target().data(), request.target().size()};
}

Response file(const Asset& asset)
{
    if (asset.zipped) {
        Response response = made(http::status::ok, asset.type, std::string(asset.bytes));
        response.set(http::field::content_encoding, "gzip");
        return response;
    }
    std::string bytes(asset.bytes);
    const std::size_t mark = bytes.find(nonce_mark);
    if (!asset.type.starts_with("text/html") || mark == std::string::npos)
        return made(http::status::ok, asset.type, std::move(bytes));
    const std::string nonce = make_nonce();
    bytes.replace(mark, nonce_mark.size(), nonce);
    Response response = made(http::status::ok, asset.type, std::move(bytes));
    protect(response, nonce);
    return response;
}

}  // namespace

Response plain(http::status status, std::string_view text)
{
    return made(status, "text/plain; charset=utf-8", std::string(text) + "\n");
}

bool Site::is_public(const Request& request)
{
    const std::string_view path = path_of(request);
    return path == "/healthz" || path == "/readyz" || asset_at(path) || is_book(path);
}

awaitable<Response> Site::answer(const Request& request)
{
    return page(path_of(request));
}

awaitable<Response> Site::page(std::string_view path)
{
    if (path == "/healthz") co_return co_await health();
    if (path == "/readyz") co_return readiness();
    if (path == "/api/tasks") co_return co_await tasks();
    for (const Question& question : questions) {
        if (path != question.path) continue;
        Session session(executor_, house_);
        const Value reply = co_await session.ask(question.words);
        if (reply.is_error()) co_return unavailable(reply);
        co_return made(http::status::ok, question.type, question.tell(reply));
    }
    if (const auto asset = asset_at(path)) co_return file(*asset);
    if (is_book(path)) co_return moved("/book/");
    co_return plain(http::status::not_found, "there is no such page");
}

awaitable<Response> Site::health()
{
    Session session(executor_, house_);
    const Value reply = co_await session.ask(ping);
    co_return reply.is_error() ? unavailable(reply) : plain(http::status::ok, "ok");
}

Response Site::readiness() const
{
    return house_.look_at_shutdown().phase == "running"
               ? plain(http::status::ok, "ready")
               : plain(http::status::service_unavailable, "shutting down");
}

awaitable<Response> Site::tasks()
{
    co_return made(http::status::ok, json_type,
                   tasks_json(co_await look_at_tasks(executor_, house_)));
}

}  // namespace mini_redis::admin
