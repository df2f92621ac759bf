// What holds between any two steps of a simulation, whatever happens: nothing is lost on the way,
// nothing comes from nowhere.
#pragma once

#include "tests/simulation/scene.hpp"

#include <string>

namespace mini_redis::tests {

class Laws {
public:
    explicit Laws(Scene& scene) : scene_(scene) {}

    // What is wrong; empty: nothing.
    std::string check()
    {
        std::size_t read = 0;
        std::size_t received = 0;
        for (Peer& peer : scene_.peers) {
            read += peer.transport().read();
            received += peer.transport().received().size();
            while (peer.ledger->refuses_next(peer.transport().read())) peer.ledger->refuse_next();
            notice_end(peer);
            if (std::string wrong = of(peer); !wrong.empty())
                return "client " + std::to_string(peer.ledger->id) + ": " + wrong;
        }
        return of_all(read, received);
    }

private:
    using Kind = pubsub::Kind;

    static std::string unless(bool holds, const char* law) { return holds ? "" : law; }

    // Who has a reason to leave ceases to listen when it does. Who is owed too much is closed.
    void notice_end(Peer& peer)
    {
        Ledger& ledger = *peer.ledger;
        const auto limit =
            scene_.config.client_output_buffer_limit.get(config::ClientClass::pubsub);
        if (!peer.debtor && !peer.closed_by_force && !peer.broken && !ledger.withdrawn &&
            !peer.transport().is_open() && limit.hard_bytes != 0 &&
            peer.connection().owed() > limit.hard_bytes) {
            peer.debtor = ledger.may_leave = true;
        }
        if (!ledger.may_leave || !ledger.listens()) return;
        if (peer.session().subscriptions->empty()) {
            ledger.channels.clear();
            ledger.patterns.clear();
        }
    }

    std::string of(Peer& peer)
    {
        Ledger& ledger = *peer.ledger;
        const std::size_t bytes = peer.transport().received().size() + peer.connection().owed();
        const std::size_t read = peer.transport().read();
        if (ledger.may_leave) return {};
        if (!peer.transport().is_open()) return "it was closed for no reason";
        if (!scene_.model.is_there(ledger.id)) return "it is not among the clients";
        if (std::string wrong = of_requests(peer, read); !wrong.empty()) return wrong;
        if (bytes < ledger.reply_bytes + ledger.push_bytes)
            return "bytes appended = bytes sent + bytes queued: some are missing";
        std::size_t taken = bytes - ledger.reply_bytes;
        while (ledger.push_bytes < taken && ledger.pushes_taken < ledger.pushes.size())
            ledger.push_bytes += ledger.pushes[ledger.pushes_taken++].bytes.size();
        if (ledger.push_bytes != taken)
            return "bytes appended = bytes sent + bytes queued: some came from nowhere";
        if (scene_.services.hub.waiting_bytes_max() == 0 &&
            ledger.pushes_taken != ledger.pushes.size())
            return "a message is neither in the mail nor with its subscriber";
        return {};
    }

    static std::string of_requests(Peer& peer, std::size_t read)
    {
        const Ledger& ledger = *peer.ledger;
        const std::size_t buffered = peer.session().query_bytes;
        // A batch that has to wait is consumed when all of it was applied.
        if (peer.session().waiting)
            return unless(read - buffered <= ledger.boundary(), "a request was consumed unapplied");
        return unless(read == ledger.boundary() + buffered,
                      "bytes read = bytes parsed + bytes buffered: not so");
    }

    std::string of_all(std::size_t read, std::size_t received)
    {
        std::size_t bytes_in = 0;
        std::size_t bytes_out = 0;
        std::size_t closed_debtors = 0;
        for (const auto& thread : scene_.services.threads) {
            bytes_in += thread.statistics.bytes_in.get();
            bytes_out += thread.statistics.bytes_out.get();
            closed_debtors += thread.statistics.output_limit.get();
        }
        // What is read while the client's end is waited for is not counted.
        if (bytes_in > read) return "more was counted than was read";
        if (bytes_out != received) return "what was counted as written is not what was received";
        for (const Peer& peer : scene_.peers)
            if (peer.debtor && closed_debtors == 0) return "a debtor was closed and not counted";
        const pubsub::Hub& hub = scene_.services.hub;
        for (const char* channel : {"c1", "c2", "d"})
            if (hub.subscribers(Kind::channel, channel) != scene_.model.listeners(channel))
                return std::string("the hub counts others on channel ") + channel;
        if (hub.subscribers(Kind::pattern, Model::pattern) != scene_.model.pattern_listeners())
            return "the hub counts others on the pattern";
        return {};
    }

    Scene& scene_;
};

}  // namespace mini_redis::tests
