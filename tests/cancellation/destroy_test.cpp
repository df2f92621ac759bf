// A program that ends in the middle: after every step of a session all is destroyed, in the order
// in which a program would. Nothing crashes, and no coroutine is left that holds its connection.
// (Under ASan: nothing is leaked, and nothing is used that is gone.)
#include "tests/cancellation/sessions.hpp"

#include <memory>
#include <optional>

namespace mini_redis::tests {
namespace {

// Runs so many steps, and destroys everything. Returns whether there was something left to run, and
// in `wrong` what is.
template <class World>
bool destroyed_after(std::size_t steps, std::size_t every, std::string& wrong)
{
    std::weak_ptr<net::Connection> connection;
    std::size_t done = 0;
    {
        Stepped stepped;
        World world(stepped);
        if constexpr (requires { world.connection; }) connection = world.connection;
        stepped.tasks.spawn("session", world.session());
        std::size_t event = 0;
        for (; done < steps; ++done) {
            if (done % every == 0 && event < World::events) world.event(event++);
            if (!stepped.step() && event == World::events) break;
        }
        // What is parked on a clock that a test moves by hand nobody else would unwind.
        stepped.clock.abandon();
        if constexpr (requires { world.peer; }) world.peer->abandon();
    }
    if (!connection.expired()) wrong = "after step " + std::to_string(steps) + " it is held";
    return done == steps;
}

template <class World>
class Destroyed : public testing::Test {};
TYPED_TEST_SUITE(Destroyed, Sessions);

TYPED_TEST(Destroyed, AfterAnyStepNothingIsLeft)
{
    const QuietLog quiet;
    std::size_t points = 0;
    for (const std::size_t every : {1U, 2U, 5U}) {
        std::string wrong;
        for (std::size_t steps = 0; destroyed_after<TypeParam>(steps, every, wrong); ++steps) {
            ASSERT_EQ(wrong, "") << "an event every " << every << " steps";
            ++points;
        }
        EXPECT_EQ(wrong, "");
    }
    std::printf("[ destroyed] at %zu points\n", points);
    EXPECT_GT(points, 10U);
}

}  // namespace
}  // namespace mini_redis::tests
