// Everything may also end with the io_context, at any step: nobody is told then, but everything
// that waited is let go, and nothing keeps anything else. A client must not outlive its io_context;
// but it may be destroyed with it, in the frame of a coroutine. (The sanitizers watch, too.)
#include "tests/client/pubsub.hpp"
#include "tests/client/schedules.hpp"

#include <memory>

namespace mini_redis::tests {
namespace {

using client::Item;
using client::Subscriber;

// Shared by all that has to be gone at the end.
using Held = std::shared_ptr<int>;

class Doomed {
public:
    explicit Doomed(const Manner& manner, bool resp3 = true) : pubsub_{resp3}
    {
        ++schedules;
        network.manner = manner;
        network.server.answer = [this](const std::string& words) { return pubsub_.confirm(words); };
    }
    // With a chance that is held by the connection.
    client::Outside outside()
    {
        auto outside = network.outside();
        outside.chance = [this, held = held_] { return held ? network.chance : 0; };
        return outside;
    }
    static Options options()
    {
        Options options;
        options.attempts_max = 0;
        return options;
    }
    bool step(int steps)
    {
        while (steps-- > 0) {
            context->restart();
            if (context->poll_one() == 0) return false;
        }
        return true;
    }
    const Held& held() const { return held_; }
    std::string message(const std::string& text) const { return pubsub_.message("a", text); }

    FakeNetwork network;
    std::unique_ptr<asio::io_context> context = std::make_unique<asio::io_context>(1);

private:
    PubSub pubsub_;
    Held held_ = std::make_shared<int>();
};

awaitable<void> get(Operation<std::optional<std::string>> operation, Held)
{
    const auto value = co_await std::move(operation);
    static_cast<void>(value);
}

// Destroyed so many steps before the context.
void destroy_client(const Plan& plan, int k, int before, bool& under_way)
{
    Doomed doomed(plan.manner);
    std::optional<Client> client(std::in_place, *doomed.context, Doomed::options(),
                                 doomed.outside());
    for (const char* key : {"x", "a", "y"}) {
        auto operation = client->get(key);
        if (plan.idempotent) operation = std::move(operation).idempotent();
        if (plan.by == By::handler)
            std::move(operation)([held = doomed.held()](const auto&) {});
        else
            asio::co_spawn(*doomed.context, get(std::move(operation), doomed.held()),
                           [held = doomed.held()](const std::exception_ptr&) {});
    }
    client->close()([held = doomed.held()](const auto&) {});
    under_way = doomed.step(k);
    client.reset();
    // What has not begun must not outlive its client.
    if (plan.by == By::handler || k > 3) doomed.step(before);
    doomed.context.reset();
    EXPECT_EQ(doomed.held().use_count(), 1) << plan << ", at step " << k;
}

TEST(DestroyEverywhere, LetsGoOfWhoeverWaitsForAClient)
{
    for (const Plan& plan : all_plans())
        for (int before = 0; before < 3; ++before) {
            bool under_way = true;
            for (int k = 0; under_way && !testing::Test::HasFailure(); ++k)
                destroy_client(plan, k, before, under_way);
        }
}

// The client in the frame of a coroutine that waits for it: each might keep the other.
awaitable<void> own_client(Client client, Held)
{
    Operation<std::optional<std::string>> other = client.get("x");
    std::move(other)([](const auto&) {});
    for (;;) {
        const auto value = co_await client.get("a");
        if (!value) break;
    }
}

TEST(DestroyEverywhere, LetsGoOfAClientThatIsDestroyedWithTheContext)
{
    for (const Manner& manner : manners) {
        for (int k = 0; k < 100 && !testing::Test::HasFailure(); ++k) {
            Doomed doomed(manner);
            asio::co_spawn(*doomed.context,
                           own_client(Client(*doomed.context, Doomed::options(), doomed.outside()),
                                      doomed.held()),
                           [held = doomed.held()](const std::exception_ptr&) {});
            doomed.step(k);
            if (k % 3 == 0) doomed.network.hang_up();
            doomed.context.reset();
            EXPECT_EQ(doomed.held().use_count(), 1) << "at step " << k;
        }
    }
}

awaitable<void> own_subscriber(Subscriber subscriber, Held)
{
    const auto subscribed = co_await subscriber.subscribe("a");
    for (bool more = subscribed.has_value(); more;) {
        const auto item = co_await subscriber.next();
        more = item.has_value();
    }
}

TEST(DestroyEverywhere, LetsGoOfASubscriberThatIsDestroyedWithTheContext)
{
    for (const Manner& manner : manners)
        for (const bool resp3 : {false, true}) {
            bool under_way = true;
            for (int k = 0; under_way && !testing::Test::HasFailure(); ++k) {
                Doomed doomed(manner, resp3);
                asio::co_spawn(
                    *doomed.context,
                    own_subscriber(Subscriber(*doomed.context, Doomed::options(), doomed.outside()),
                                   doomed.held()),
                    [held = doomed.held()](const std::exception_ptr&) {});
                doomed.step(k / 2);
                doomed.network.say(doomed.message("1") + doomed.message("2"));
                under_way = doomed.step(k - k / 2);
                doomed.context.reset();
                EXPECT_EQ(doomed.held().use_count(), 1) << "at step " << k;
            }
        }
}

TEST(DestroyEverywhere, LetsGoOfWhoeverWaitsForASubscriber)
{
    for (const Manner& manner : manners) {
        bool under_way = true;
        for (int k = 0; under_way && !testing::Test::HasFailure(); ++k) {
            Doomed doomed(manner);
            std::optional<Subscriber> subscriber(std::in_place, *doomed.context, Doomed::options(),
                                                 doomed.outside());
            subscriber->subscribe("a", "b")([held = doomed.held()](const auto&) {});
            subscriber->next()([held = doomed.held()](const auto&) {});
            doomed.step(k / 2);
            doomed.network.say(doomed.message("1"));
            under_way = doomed.step(k - k / 2);
            subscriber.reset();
            doomed.step(k % 3);
            doomed.context.reset();
            EXPECT_EQ(doomed.held().use_count(), 1) << "at step " << k;
        }
    }
}

}  // namespace
}  // namespace mini_redis::tests
