// What has to be so when a simulation has come to its end.
#pragma once

#include "tests/simulation/scene.hpp"

#include <string>

namespace mini_redis::tests {

class Verdict {
public:
    explicit Verdict(Scene& scene) : scene_(scene) {}

    // Once all that was sent has been served, and all who read have read.
    std::string when_quiet()
    {
        for (Peer& peer : scene_.peers) {
            const Ledger& ledger = *peer.ledger;
            if (ledger.may_leave || !peer.reads) continue;
            std::string wrong = ledger.judge(peer.transport().received(), true, true);
            if (wrong.empty() && ledger.applied != ledger.requests.size())
                wrong = "what it asked for was not done";
            if (!wrong.empty()) return of(peer, wrong);
        }
        return {};
    }

    // Once all have left.
    std::string at_the_end()
    {
        for (Peer& peer : scene_.peers)
            if (std::string wrong = of_left(peer); !wrong.empty()) return of(peer, wrong);
        const pubsub::Hub& hub = scene_.services.hub;
        for (const auto kind : {pubsub::Kind::channel, pubsub::Kind::pattern})
            if (hub.count(kind) != 0) return "the hub is not empty";
        if (scene_.services.clients.count() != 0) return "there are still clients";
        for (const auto& worker : scene_.workers) {
            if (!worker->idle() || worker->load() != 0) return "a worker still has connections";
            if (worker->tasks().size() != 0) return "a writer has not ended";
        }
        if (std::string wrong = of_farewells(); !wrong.empty()) return wrong;
        return of_counter();
    }

private:
    static std::string of(const Peer& peer, const std::string& wrong)
    {
        return "client " + std::to_string(peer.ledger->id) + ": " + wrong;
    }

    std::string of_left(Peer& peer)
    {
        const Ledger& ledger = *peer.ledger;
        if (!peer.left() || peer.tasks.size() != 0) return "its session has not ended";
        if (!peer.forgotten()) return "somebody holds its connection";
        const bool drained = peer.connection().drained();
        const bool cut_short = peer.broken || ledger.withdrawn || peer.debtor;
        if (peer.reads && !cut_short && !peer.closed_by_force && !drained)
            return "it kept reading and was not drained";
        const bool heard_out = !ledger.quit && !peer.session().waiting && !cut_short;
        const bool listened = heard_out && !peer.ended;
        if (std::string wrong =
                ledger.judge(peer.transport().received(), drained, drained && listened);
            !wrong.empty())
            return wrong;
        if (!drained || !heard_out) return {};
        if (peer.transport().read() < peer.sent_at_stop) return "it was not heard out";
        if (ledger.has_next() && ledger.next().end <= peer.sent_at_stop)
            return "a request that had arrived was not answered";
        return {};
    }

    // Each client that was there when the server ceased to listen was drained or forced.
    std::string of_farewells()
    {
        std::size_t drained = 0;
        std::size_t forced = 0;
        std::size_t lost = 0;
        for (const Peer& peer : scene_.peers) {
            if (!peer.there_at_stop) continue;
            (peer.connection().drained() ? drained : forced) += 1;
            if (!peer.connection().drained()) lost += peer.connection().owed();
        }
        for (const auto& worker : scene_.workers) {
            drained -= worker->farewells().drained.get();
            forced -= worker->farewells().forced.get();
            lost -= worker->farewells().bytes_lost.get();
        }
        return drained == 0 && forced == 0 && lost == 0 ? "" : "the farewells are counted wrong";
    }

    // Every acknowledged INCR is in the counter, and nothing that nobody asked for.
    std::string of_counter()
    {
        std::size_t acknowledged = 0;
        std::size_t asked = 0;
        for (const Ledger& ledger : scene_.model.ledgers()) {
            acknowledged += ledger.acknowledged;
            for (const Ledger::Request& request : ledger.requests)
                asked += request.words[0] == "INCR";
        }
        const auto value = static_cast<std::size_t>(scene_.value_of("n"));
        return acknowledged <= value && value <= asked
                   ? ""
                   : "the counter is at " + std::to_string(value) + " after " +
                         std::to_string(acknowledged) + " acknowledged INCRs of " +
                         std::to_string(asked);
    }

    Scene& scene_;
};

}  // namespace mini_redis::tests
