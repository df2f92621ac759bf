// The request parser beside a real redis-server 7.0.15: the same bytes to both, the same requests
// and errors from both. Skipped where that redis-server is not installed.
//
// Redis shows how many requests it saw by how many replies it sends before it closes the
// connection, and which words it saw by EVAL "return ARGV". All sending ends with a half-close, so
// that everything is said when Redis closes, and nobody waits for a time.
#include "protocol/reply_parser.hpp"
#include "tests/protocol/malformed_requests.hpp"
#include "tests/protocol/received.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <random>
#include <sched.h>
#include <string>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::protocol {
namespace {

class Connection {
public:
    explicit Connection(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM, 0))
    {
        if (socket_ < 0) throw std::system_error(errno, std::system_category(), "socket");
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        good_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~Connection() { ::close(socket_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    bool good() const { return good_; }

    void send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return;  // Redis has closed after an error: the reply is still to be read
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    // All replies until Redis closes.
    std::vector<Value> finish()
    {
        ::shutdown(socket_, SHUT_WR);
        ReplyParser parser;
        std::vector<Value> replies;
        char buffer[4096];
        for (ssize_t size; (size = ::read(socket_, buffer, sizeof buffer)) > 0;) {
            std::string_view rest(buffer, static_cast<std::size_t>(size));
            while (!rest.empty() && parser.error().empty()) {
                rest.remove_prefix(parser.feed(rest));
                if (parser.ready()) replies.push_back(parser.take());
            }
        }
        EXPECT_EQ(parser.error(), "");
        EXPECT_TRUE(parser.idle());
        return replies;
    }

private:
    int socket_;
    bool good_;
};

class Redis {
public:
    explicit Redis(const std::string& password = "")
    {
        char name[] = "/tmp/redis_differential_XXXXXX";
        folder_ = ::mkdtemp(name);
        path_ = folder_ + "/socket";
        process_ = ::fork();
        if (process_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            for (const int standard : {0, 1, 2}) ::close(standard);
            ::execlp("redis-server", "redis-server", "--port", "0", "--unixsocket", path_.c_str(),
                     "--save", "", "--dir", folder_.c_str(), "--logfile", "/dev/null",
                     "--requirepass", password.c_str(), nullptr);
            std::_Exit(127);
        }
        while (!running_ && ::waitpid(process_, nullptr, WNOHANG) == 0) {
            running_ = Connection(path_).good();
            ::sched_yield();
        }
        if (!running_) return;
        const auto replies = ask("AUTH " + (password.empty() ? "x" : password) + "\r\nINFO\r\n");
        known_ = replies.size() == 2 && replies[1].text.find("version:7.0.15") != std::string::npos;
    }
    ~Redis()
    {
        if (running_) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
        }
        ::unlink(path_.c_str());
        ::rmdir(folder_.c_str());
    }
    Redis(const Redis&) = delete;
    Redis& operator=(const Redis&) = delete;

    // It runs and is the version that the tables were measured on.
    bool known() const { return known_; }

    std::vector<Value> ask(std::string_view input) const
    {
        return ask_in_steps(input, input.size());
    }

    // Redis reads one step before it is sent the next: it has, once it has answered somebody who
    // asked later.
    std::vector<Value> ask_in_steps(std::string_view input, std::size_t step) const
    {
        Connection connection(path_);
        for (std::size_t at = 0; at < input.size(); at += step) {
            if (at != 0) ask("PING\r\n");
            connection.send(input.substr(at, step));
        }
        return connection.finish();
    }

private:
    std::string folder_;
    std::string path_;
    pid_t process_ = 0;
    bool running_ = false;
    bool known_ = false;
};

std::string protocol_error_of(const std::vector<Value>& replies)
{
    constexpr std::string_view prefix = "ERR ";
    if (replies.empty() || !replies.back().text.starts_with("ERR Protocol error")) return {};
    return replies.back().text.substr(prefix.size());
}

void expect_as_measured(const Redis& redis, const std::vector<MalformedRequest>& table)
{
    for (const auto& malformed : table) {
        const auto replies = redis.ask(malformed.input);
        const auto shown = quote(malformed.input.substr(0, 60));
        EXPECT_EQ(protocol_error_of(replies), malformed.error) << shown;
        EXPECT_EQ(replies.size(), malformed.requests + (malformed.error.empty() ? 0 : 1)) << shown;
    }
}

void expect_agreement(const Received& ours, const std::vector<Value>& theirs)
{
    EXPECT_EQ(as_sent(ours.error), protocol_error_of(theirs));
    ASSERT_EQ(ours.requests.size() + (ours.error.empty() ? 0 : 1), theirs.size());
    for (std::size_t i = 0; i < ours.requests.size(); ++i) {
        const auto& words = ours.requests[i];
        if (words.size() < 3 || words[0] != "EVAL" || words[1] != "return ARGV" ||
            words[2] != "0") {
            continue;
        }
        ASSERT_EQ(theirs[i].children.size(), words.size() - 3);
        for (std::size_t k = 3; k < words.size(); ++k) {
            EXPECT_EQ(theirs[i].children[k - 3].text, words[k]);
        }
    }
}

// Requests, some of them damaged at a few places.
std::string random_input(std::mt19937& random)
{
    using namespace std::string_view_literals;
    static constexpr auto sound = std::to_array<std::string_view>({
        "*5\r\n$4\r\nEVAL\r\n$11\r\nreturn ARGV\r\n$1\r\n0\r\n$3\r\nfoo\r\n$6\r\nbar\r\n!\r\n",
        R"(EVAL 'return ARGV' 0 plain "dou\x41\n\"ble" 'sin\'gle' mi"xed" "" '')"
        "\r\n",
        "EVAL \"return ARGV\" 0 \"a\\tb\\\\\" 'c d'\t\v e\v\n",
        "*1\r\n$4\r\nPING\r\n",
        "*2\r\n$4\r\nECHO\r\n$0\r\n\r\n",
        "*0\r\n",
        "*-1\r\n",
        "\r\n",
    });
    static constexpr auto odd = "\r\n\0\\\"'*$-+ 0123456789x\v\x80"sv;
    const auto any = [&](std::size_t bound) { return random() % bound; };
    std::string input;
    for (auto count = 1 + any(4); count != 0; --count) input += sound[any(sound.size())];
    for (auto damages = any(4); damages != 0 && !input.empty(); --damages) {
        const auto at = any(input.size());
        switch (any(3)) {
            case 0:
                input[at] = odd[any(odd.size())];
                break;
            case 1:
                input.insert(at, 1, odd[any(odd.size())]);
                break;
            default:
                input.erase(at, 1);
                break;
        }
    }
    return input;
}

TEST(RedisDifferential, MalformedRequestsAreAnsweredAsTheTableSays)
{
    const Redis redis;
    if (!redis.known()) GTEST_SKIP() << "no redis-server 7.0.15";
    expect_as_measured(redis, malformed_requests());
}

TEST(RedisDifferential, UnauthenticatedClientsAreAnsweredAsTheTableSays)
{
    const Redis redis("secret");
    if (!redis.known()) GTEST_SKIP() << "no redis-server 7.0.15";
    expect_as_measured(redis, unauthenticated_requests());
}

TEST(RedisDifferential, DamagedInputIsUnderstoodAlike)
{
    const Redis redis;
    if (!redis.known()) GTEST_SKIP() << "no redis-server 7.0.15";
    std::mt19937 random(7015);
    for (int round = 0; round < 1500 && !::testing::Test::HasFailure(); ++round) {
        const auto input = random_input(random);
        SCOPED_TRACE(quote(input));
        expect_agreement(receive_whole(input), redis.ask(input));
        if (round % 10 != 0) continue;
        const auto step = 1 + random() % (input.size() + 1);
        expect_agreement(receive_in_steps(input, step), redis.ask_in_steps(input, step));
    }
}

}  // namespace
}  // namespace mini_redis::protocol
