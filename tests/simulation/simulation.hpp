// One run: everything that can happen to a server, at moments that one seed decides, and after
// every step the question whether the laws still hold.
//
// First so many decisions are taken as the token says. Then who reads is given room, what was asked
// is to be answered, and all leave.
#pragma once

#include "tests/simulation/laws.hpp"
#include "tests/simulation/requests.hpp"
#include "tests/simulation/verdict.hpp"

#include <cstdio>
#include <string>

namespace mini_redis::tests {

class Simulation final : public Tap {
public:
    // What happened is counted, and printed if it is to be traced.
    explicit Simulation(Token token, bool traced = false)
        : token_(token), traced_(traced), chance_(token.seed), scene_(chance_.between(1, 3))
    {
        Tap::listener = this;
        clients_max_ = chance_.between(2, 12);
        if (chance_.one_in(3)) scene_.config.client_output_buffer_limit.assign("pubsub 2000 0 0");
        if (chance_.one_in(3)) scene_.services.hub.mail_bytes_max = 500;
        scene_.stepped.context().restart();
        keep_house();
    }

    // Returns what went wrong; empty: nothing.
    std::string run()
    {
        for (std::size_t i = 0; i < token_.decisions && wrong_.empty(); ++i) {
            decide();
            for (std::size_t steps = chance_.below(5); steps > 0 && step(); --steps) {
            }
            if (chance_.one_in(20)) settle();
        }
        if (wrong_.empty()) come_to_rest();
        if (wrong_.empty()) all_leave();
        if (wrong_.empty() && !scene_.stepped.faults.empty())
            wrong_ = "a fault of " + scene_.stepped.faults;
        clean_up();
        return wrong_;
    }

    std::size_t steps() const { return steps_; }
    std::size_t commands() const { return commands_; }
    // Equal for equal runs.
    std::uint64_t digest() const { return digest_; }

private:
    using Kind = runtime::asio::cancellation_type;

    static constexpr std::size_t steps_max = 50'000;

    // Of the server, one handler. What follows a fault is not looked at.
    bool step()
    {
        if (!wrong_.empty() || !scene_.stepped.step()) return false;
        ++steps_;
        if (steps_ > steps_max) wrong_ = "it does not come to rest";
        look();
        return wrong_.empty();
    }
    void settle()
    {
        while (step()) {
        }
    }
    void look()
    {
        for (Peer& peer : scene_.peers) peer.serve();
        keep_house();
        if (wrong_.empty()) wrong_ = laws_.check();
    }
    void keep_house()
    {
        for (std::size_t i = house_.size(); i < scene_.workers.size(); ++i)
            house_.emplace_back(scene_.stepped.executor(), [](auto, const auto&) {});
        for (std::size_t i = 0; i < house_.size() && !over_; ++i)
            if (house_[i].size() == 0) house_[i].spawn("house", scene_.workers[i]->keep_house());
    }

    void note(const std::string& what)
    {
        for (const char c : what)
            digest_ = (digest_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        if (traced_) std::printf("%7zu  %s\n", steps_, what.c_str());
    }
    static std::string name(const Peer& peer) { return std::to_string(peer.ledger->id); }

    void decide()
    {
        const std::size_t kind = chance_.below(1000);
        if (scene_.peers.size() < clients_max_ && (scene_.peers.empty() || kind < 40))
            connect();
        else if (kind < 700)
            of_client(scene_.peers[chance_.below(scene_.peers.size())], kind);
        else if (kind < 830)
            cancel();
        else if (kind < 950 && passed_ms_ < 8000)
            pass(chance_.between(1, 50));
        else if (kind >= 996)
            stop();
        else if (kind >= 990 && stopped_ && chance_.one_in(5))
            close();
        look();
    }

    void connect()
    {
        const FakeTransport::Quality quality{chance_.one_of({1, 7, 100, 1'000'000}),
                                             chance_.one_of({1, 5, 64, 1'000'000, 1'000'000})};
        Peer& peer = scene_.connect(chance_.below(scene_.workers.size()), quality);
        peer.reads = !chance_.one_in(8);
        peer.publishes = chance_.one_in(2);
        peer.ledger->may_leave = stopped_;
        peer.closed_by_force = closed_;
        if (chance_.one_in(2)) peer.ask({"HELLO", "3"});
        note("client " + name(peer) + " comes, reads " + std::to_string(quality.read_most) +
             " and writes " + std::to_string(quality.write_most) + " bytes at once");
    }

    void of_client(Peer& peer, std::size_t kind)
    {
        if (kind < 250) {
            for (std::size_t i = chance_.between(1, 5); i > 0; --i)
                peer.ask(requests_.next(scene_.peers.size(), peer.publishes));
            send(peer, chance_.below(peer.unsent() + 1));
        } else if (kind < 450) {
            send(peer, chance_.one_in(2) ? peer.unsent() : chance_.between(1, 40));
        } else if (kind < 680) {
            const std::size_t bytes = chance_.one_in(3) ? 5000 : chance_.between(1, 80);
            note("client " + name(peer) + " has room for " + std::to_string(bytes) + " bytes");
            if (peer.reads) peer.transport().take(bytes);
        } else if (kind < 690 && !peer.ended && !peer.broken) {
            if (chance_.one_in(2)) send(peer, peer.unsent());
            note("client " + name(peer) + " sends no more");
            peer.end();
        } else if (kind >= 695 && !peer.broken) {
            note("client " + name(peer) + " is gone");
            peer.reset();
        }
    }
    void send(Peer& peer, std::size_t bytes)
    {
        if (const std::size_t sent = peer.send(bytes); sent != 0)
            note("client " + name(peer) + " sends " + std::to_string(sent) + " bytes");
    }

    void cancel()
    {
        const std::size_t number = chance_.below(scene_.workers.size());
        if (!chance_.one_in(10)) return cancel(number);
        note("house " + std::to_string(number) + " is cancelled");
        house_[number].cancel(Kind::terminal);
    }
    void cancel(std::size_t number)
    {
        const Kind kind = chance_.one_in(2) ? Kind::terminal : Kind::all;
        // A session and its writer are cancelled together: so its contract says.
        note("worker " + std::to_string(number) + " is cancelled");
        for (Peer& peer : scene_.peers)
            if (&peer.worker() == scene_.workers[number].get()) peer.tasks.cancel(kind);
        scene_.workers[number]->tasks().cancel(kind);
    }

    void pass(std::size_t ms)
    {
        note(std::to_string(ms) + " ms pass");
        passed_ms_ += ms;
        scene_.stepped.clock.advance(std::chrono::milliseconds(ms));
    }

    void stop()
    {
        if (stopped_) return;
        note("the server ceases to listen");
        stopped_ = true;
        for (Peer& peer : scene_.peers) {
            peer.there_at_stop = !peer.left();
            peer.sent_at_stop = peer.sent;
            peer.ledger->may_leave = true;
        }
        for (const auto& worker : scene_.workers) worker->shut_down(runtime::Phase::not_reading);
    }

    void close()
    {
        if (closed_) return;
        note("all connections are closed");
        closed_ = true;
        for (Peer& peer : scene_.peers) peer.closed_by_force = !peer.left();
        for (const auto& worker : scene_.workers) worker->shut_down(runtime::Phase::hard);
    }

    // All is sent, all is read, no pause is left. Nothing more comes that would set a session going
    // again that has forgotten something.
    void come_to_rest()
    {
        note("it comes to rest");
        for (Peer& peer : scene_.peers) {
            send(peer, peer.unsent());
            if (peer.reads) peer.transport().take(10'000'000);
        }
        for (std::size_t steps = chance_.below(20); steps > 0 && step(); --steps) {
        }
        for (std::size_t i = 0; i < scene_.workers.size(); ++i)
            if (chance_.one_in(2)) cancel(i);
        look();
        settle();
        for (int i = 0; i < 200 && wrong_.empty(); ++i) {
            pass(10);
            settle();
        }
        if (wrong_.empty()) wrong_ = verdict_.when_quiet();
    }

    // Some hang up by themselves, the others when the server does; who does not read is closed.
    void all_leave()
    {
        for (Peer& peer : scene_.peers)
            if (!peer.ended && !peer.broken && chance_.one_in(2)) peer.end();
        settle();
        stop();
        settle();
        for (Peer& peer : scene_.peers)
            if (!peer.ended && !peer.broken && chance_.one_in(2)) peer.end();
        for (int i = 0; i < 30 && wrong_.empty(); ++i) {
            pass(100);
            settle();
        }
        close();
        settle();
        if (wrong_.empty()) wrong_ = verdict_.at_the_end();
    }

    // Whatever has happened: no task may be left when their groups go.
    void clean_up()
    {
        over_ = true;
        for (const auto& worker : scene_.workers) {
            worker->shut_down(runtime::Phase::not_reading);
            worker->shut_down(runtime::Phase::hard);
            worker->tasks().cancel();
        }
        for (runtime::TaskGroup& house : house_) house.cancel();
        for (Peer& peer : scene_.peers) peer.tasks.cancel();
        for (std::size_t i = 0; i < steps_max && scene_.stepped.step(); ++i)
            for (Peer& peer : scene_.peers) peer.serve();
    }

    void before(const dispatch::Session& session, dispatch::Words words) override
    {
        Ledger* const ledger = scene_.model.find(session.id);
        expected_.clear();
        if (!ledger) return;
        ++commands_;
        std::string text;
        for (const dispatch::Word word : words) text += " " + std::string(word.substr(0, 12));
        note("                client " + std::to_string(session.id) + text);
        constexpr auto all = static_cast<std::size_t>(-1);
        while (ledger->refuses_next(all)) ledger->refuse_next();
        const RequestWords wanted(words.begin(), words.end());
        if (!ledger->has_next() || ledger->next().words != wanted)
            wrong_ = "not the next request was applied, but" + text;
        else
            expected_ = scene_.model.apply(*ledger, wanted);
    }

    void after(const dispatch::Session& session, std::string_view written) override
    {
        Ledger* const ledger = scene_.model.find(session.id);
        if (!ledger || !wrong_.empty()) return;
        if (!written.ends_with(expected_))
            wrong_ = "client " + std::to_string(session.id) + " is answered " +
                     std::string(written) + " instead of " + expected_;
        ledger->answer(expected_.empty() ? std::string(written) : expected_);
    }

    const Token token_;
    const bool traced_;
    Chance chance_;
    Scene scene_;
    Requests requests_{chance_};
    Laws laws_{scene_};
    Verdict verdict_{scene_};
    std::deque<runtime::TaskGroup> house_;
    std::size_t clients_max_ = 0;
    std::string expected_;  // the reply to the command that runs
    std::string wrong_;
    std::size_t passed_ms_ = 0;
    std::size_t steps_ = 0;
    std::size_t commands_ = 0;
    std::uint64_t digest_ = 0xcbf29ce484222325;
    bool stopped_ = false;  // it was asked to end
    bool closed_ = false;   // and not to wait for anybody
    bool over_ = false;
};

}  // namespace mini_redis::tests
