// Counting and forwarding under the locks.
#include "server/pubsub/hub.hpp"

#include "protocol/glob.hpp"

#include <memory>
#include <utility>

namespace mini_redis::pubsub {
namespace {

constexpr std::array kinds{Kind::channel, Kind::pattern, Kind::shard_channel};

}  // namespace

// Which branches a message goes to, and how many subscribers that is.
class Hub::Receivers {
public:
    void add(const Share& share)
    {
        total_ += share.total;
        if (branches_.empty()) branches_.resize(share.of_branch.size());
        for (std::size_t i = 0; i < branches_.size(); ++i)
            branches_[i] = branches_[i] || share.of_branch[i] != 0;
    }
    std::size_t total() const { return total_; }
    bool has(std::size_t branch) const { return branches_[branch]; }

private:
    std::size_t total_ = 0;
    std::vector<bool> branches_;
};

std::size_t Hub::stripe_of(std::string_view channel)
{
    return runtime::keyed_hash(channel) % stripe_count;
}

std::size_t Hub::publish(Kind kind, std::string_view channel, std::string_view payload)
{
    if (!has_subscribers()) return 0;
    const Stripe& home = stripes_[stripe_of(channel)];
    const std::lock_guard lock(home.mutex);
    std::shared_lock patterns_lock(patterns_mutex_, std::defer_lock);
    Receivers receivers;
    const auto& shares = home.of(kind);
    if (const auto found = shares.find(channel); found != shares.end())
        receivers.add(found->second);
    const bool for_patterns = kind == Kind::channel && pattern_count_ != 0;
    if (for_patterns) {
        patterns_lock.lock();
        for (const auto& [pattern, share] : patterns_)
            if (protocol::glob_match(pattern, channel)) receivers.add(share);
    }
    if (receivers.total() == 0) return 0;
    const auto message = std::make_shared<const Message>(kind, channel, payload, for_patterns);
    for (Branch& branch : branches_)
        if (receivers.has(branch.number())) branch.put(message);
    return receivers.total();
}

// Nobody publishes to that name meanwhile.
template <class Self, class Step>
auto Hub::guarded(Self& self, Kind kind, std::string_view name, Step step)
{
    if (kind == Kind::pattern) {
        const std::lock_guard lock(self.patterns_mutex_);
        return step(self.patterns_);
    }
    auto& home = self.stripes_[stripe_of(name)];
    const std::lock_guard lock(home.mutex);
    return step(home.of(kind));
}

// What was published before has been delivered when this changes.
bool Hub::subscribe(Subscriptions& client, Kind kind, std::string_view name)
{
    const std::lock_guard lock(client.changing_);
    return guarded(*this, kind, name, [&](Named<Share>& shares) {
        client.branch_->deliver();
        if (!client.branch_->add(client, kind, name)) return false;
        if (client.withdrawn_) return true;
        try {
            change(*client.branch_, shares, name, true);
        } catch (...) {  // for lack of memory: who is not counted does not listen
            client.branch_->remove(client, kind, name);
            throw;
        }
        return true;
    });
}

bool Hub::unsubscribe(Subscriptions& client, Kind kind, std::string_view name)
{
    const std::lock_guard lock(client.changing_);
    return guarded(*this, kind, name, [&](Named<Share>& shares) {
        client.branch_->deliver();
        if (client.of(kind).find(name) == client.of(kind).end()) return false;
        if (!client.withdrawn_) change(*client.branch_, shares, name, false);
        return client.branch_->remove(client, kind, name);
    });
}

void Hub::leave(Subscriptions& client)
{
    for (const Kind kind : kinds)
        while (client.count(kind) != 0) unsubscribe(client, kind, client.of(kind).begin()->first);
}

void Hub::withdraw(Subscriptions& client)
{
    const std::lock_guard lock(client.changing_);
    if (std::exchange(client.withdrawn_, true)) return;
    for (const Kind kind : kinds)
        for (const auto& [name, place] : client.of(kind))
            guarded(*this, kind, name, [&](Named<Share>& shares) {
                change(*client.branch_, shares, name, false);
            });
}

void Hub::change(Branch& branch, Named<Share>& shares, std::string_view name, bool enter)
{
    const bool of_patterns = &shares == &patterns_;
    if (enter) {
        auto found = shares.find(name);
        if (found == shares.end())
            found = shares
                        .emplace(std::string(name),
                                 Share{std::vector<std::uint32_t>(branches_.size()), 0})
                        .first;
        Share& share = found->second;
        ++share.of_branch[branch.number()];
        ++share.total;
        ++subscriptions_;
        if (of_patterns) ++pattern_count_;
        return;
    }
    const auto found = shares.find(name);
    --found->second.of_branch[branch.number()];
    --subscriptions_;
    if (of_patterns) --pattern_count_;
    if (--found->second.total == 0) shares.erase(found);
}

template <class Visit>
void Hub::each(Kind kind, Visit visit) const
{
    if (kind == Kind::pattern) {
        const std::shared_lock lock(patterns_mutex_);
        return visit(patterns_);
    }
    for (const Stripe& stripe : stripes_) {
        const std::lock_guard lock(stripe.mutex);
        visit(stripe.of(kind));
    }
}

std::vector<std::string> Hub::names(Kind kind) const
{
    std::vector<std::string> names;
    each(kind, [&](const Named<Share>& shares) {
        for (const auto& [name, share] : shares) names.push_back(name);
    });
    return names;
}

std::size_t Hub::count(Kind kind) const
{
    std::size_t count = 0;
    each(kind, [&](const Named<Share>& shares) { count += shares.size(); });
    return count;
}

std::size_t Hub::subscribers(Kind kind, std::string_view name) const
{
    return guarded(*this, kind, name, [&](const Named<Share>& shares) {
        const auto found = shares.find(name);
        return found == shares.end() ? std::size_t{0} : found->second.total;
    });
}

}  // namespace mini_redis::pubsub
