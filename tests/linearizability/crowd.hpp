// Clients on threads of their own, who ask a server at random, and the history of it.
//
// They go in rounds, each on keys of its own, so that no history is longer than a checker likes.
// Some vanish with an answer under way. Some wait for ever, and when they alone are left the first
// client pushes what they wait for: one that nobody wakes is one that hears nothing in time.
#pragma once

#include "tests/linearizability/asker.hpp"
#include "tests/support/frame.hpp"
#include "tests/support/live_server.hpp"
#include "tests/support/wire_client.hpp"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {

class Crowd {
public:
    static constexpr int clients = 7;
    static constexpr int each = 30;  // operations of a client in a round

    // Each of these may have happened at any time later: they are what makes checking slow.
    static constexpr int vanishing_max = 2;  // clients in a round

    explicit Crowd(const Scenario& scenario) : scenario_(scenario) {}

    // Another seed, other keys. All that happened in it.
    History run(std::uint64_t seed, int rounds)
    {
        std::vector<History> histories(clients);
        std::vector<std::thread> threads;
        gone_through_ = 0;
        for (int i = 0; i < clients; ++i)
            threads.emplace_back([this, seed, rounds, i, &history = histories[std::size_t(i)]] {
                Member(*this, seed, i, history).go_through(rounds);
            });
        for (std::thread& thread : threads) thread.join();
        History all;
        for (History& history : histories) std::ranges::move(history, std::back_inserter(all));
        return all;
    }

private:
    class Member {
    public:
        Member(Crowd& crowd, std::uint64_t seed, int number, History& history)
            : crowd_(crowd),
              number_(number),
              seed_(seed),
              asker_(crowd.scenario_, seed, number),
              history_(history)
        {
            client_.emplace(crowd.server_.port());
        }

        void go_through(int rounds)
        {
            for (int round = 1; round <= rounds; ++round) {
                if (number_ == 0) crowd_.vanishing_ = vanishing_max;
                asker_.begin(std::to_string(seed_) + ":" + std::to_string(round) + ":");
                crowd_.together_.arrive_and_wait();
                for (int i = 0; i < each; ++i)
                    ask(asker_.next(), asker_.chance().one_in(60) && crowd_.may_vanish());
                ++crowd_.gone_through_;
                if (number_ != 0) continue;
                end_waits(round * clients);
                for (Asked& asked : asker_.everything()) ask(std::move(asked), false);
            }
        }

    private:
        void end_waits(int gone_through)
        {
            constexpr int enough = 1000;
            int pushed = 0;
            while (crowd_.gone_through_ < gone_through) {
                if (crowd_.server_->services().waits.any() && ++pushed < enough)
                    for (Asked& asked : asker_.an_element_for_each_list())
                        ask(std::move(asked), false);
                else
                    std::this_thread::yield();
            }
        }

        void ask(Asked asked, bool vanish)
        {
            Operation operation{number_, std::move(asked), crowd_.moments_.next()};
            try {
                std::string reply;
                for (const Words& words : operation.asked) client_->send(words);
                client_->flush();
                if (!vanish) {
                    for (std::size_t i = 0; i < operation.asked.size(); ++i)
                        reply = client_->receive();
                    operation.returned = crowd_.moments_.next();
                    operation.answered = description(parse_frame(reply));
                }
            } catch (const std::exception& error) {
                ADD_FAILURE() << error.what() << ": " << shown(operation);
                vanish = true;
            }
            history_.push_back(std::move(operation));
            if (vanish) client_.emplace(crowd_.server_.port());
        }

        Crowd& crowd_;
        int number_;
        std::uint64_t seed_;
        Asker asker_;
        History& history_;
        std::optional<WireClient> client_;
    };

    bool may_vanish() { return --vanishing_ >= 0; }

    Scenario scenario_;
    LiveServer server_{{"io-threads", "4"}};
    Moments moments_;
    std::barrier<> together_{clients};
    std::atomic<int> gone_through_{0};  // clients, summed over the rounds
    std::atomic<int> vanishing_{0};     // so many more may, in this round
};

}  // namespace mini_redis::tests
