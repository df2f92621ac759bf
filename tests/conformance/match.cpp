// What must be asked in several steps (a whole scan) is asked alone; all else goes in one pipeline.
#include "tests/conformance/match.hpp"

#include "tests/support/asking.hpp"
#include "tests/support/frame.hpp"
#include "tests/support/redis_client.hpp"
#include "tests/support/wire_client.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace mini_redis::tests {
namespace {

bool asked_alone(const Step& step)
{
    return step.rule == Rule::iteration || step.rule == Rule::existing_key;
}

// Behind the steps that can be asked together with this one.
std::size_t batch_end(std::span<const Step> session, std::size_t begin)
{
    if (asked_alone(session[begin])) return begin + 1;
    auto end = begin;
    while (end < session.size() && !asked_alone(session[end])) ++end;
    return end;
}

bool agree_on_transaction(const std::vector<Rule>& rules, const Frame& expected,
                          const Frame& actual)
{
    if (expected.children.size() != rules.size() || actual.children.size() != rules.size())
        return agree(Rule::same, expected, actual);
    for (std::size_t i = 0; i < rules.size(); ++i)
        if (!agree(rules[i], expected.children[i], actual.children[i])) return false;
    return true;
}

// What the last session had sent when it was given up may still be running: on a server with
// several threads nothing else puts it before what comes now.
void await_end_of(const std::string& id, Client& client)
{
    using Clock = std::chrono::steady_clock;
    for (const auto deadline = Clock::now() + std::chrono::seconds(10); Clock::now() < deadline;)
        if (client.ask({"CLIENT", "LIST"}).find("\nid=" + id + ' ') == std::string::npos) return;
    throw std::runtime_error("an earlier session does not end");
}

}  // namespace

std::unique_ptr<Client> connect_wire(const ServerProcess& server)
{
    return std::make_unique<WireClient>(server.port());
}

std::unique_ptr<Client> connect_hiredis(const ServerProcess& server)
{
    return std::make_unique<RedisClient>(server.port());
}

Player::Player(std::string binary, Words arguments, Connect connect)
    : binary_(std::move(binary)), arguments_(std::move(arguments)), connect_(std::move(connect))
{
    start();
    begin();
}

void Player::begin()
{
    try {
        client_.reset();
        client_ = connect_(*server_);
        await_end_of(id_, *client_);
        const auto id = client_->ask({"CLIENT", "ID"});  // ":7\r\n"
        id_ = id.substr(1, id.find('\r') - 1);
        client_->ask({"FLUSHALL"});
    } catch (const ConnectionLost&) {
        start();
        client_ = connect_(*server_);
    }
}

Match::Replies Match::replies_to(const Step& step, bool alone)
{
    const auto of = [&](Player& player) {
        return alone ? ask(player.client(), step.rule, step.words)
                     : receive_or_loss(player.client());
    };
    auto expected = of(reference_);
    return {std::move(expected), of(ours_)};
}

bool Match::agree_on(const Step& step, const Replies& replies)
{
    const auto& [expected, actual] = replies;
    const auto command = lowered(step.words[0]);
    if (expected == "+QUEUED\r\n") {
        queued_.push_back(asked_alone(step) ? Rule::same_type : step.rule);
        return expected == actual;
    }
    // A refused MULTI or EXEC leaves the transaction as it was.
    const bool fresh = !expected.starts_with('-') && (command == "multi" || command == "exec");
    const auto queued = fresh ? std::exchange(queued_, {}) : std::vector<Rule>{};
    if (expected == actual) return true;
    try {
        if (command != "exec") return agree(step.rule, expected, actual);
        return agree_on_transaction(queued, parse_frame(expected), parse_frame(actual));
    } catch (const std::exception&) {
        return false;  // not even a reply
    }
}

std::optional<Difference> Match::play(std::span<const Step> session)
{
    reference_.begin();
    ours_.begin();
    queued_.clear();
    for (std::size_t next = 0; next < session.size();) {
        const auto end = batch_end(session, next);
        const bool alone = asked_alone(session[next]);
        for (auto* player : {&reference_, &ours_})
            for (auto i = next; i < end && !alone; ++i) player->client().send(session[i].words);
        for (; next < end; ++next) {
            const auto& step = session[next];
            const auto replies = replies_to(step, alone);
            if (!agree_on(step, replies)) return Difference{next, replies.expected, replies.actual};
            if (replies.expected.starts_with("-CONNECTION ")) return std::nullopt;
            if (on_reply) on_reply(step, replies.expected);
        }
    }
    return std::nullopt;
}

}  // namespace mini_redis::tests
