// Cancel everywhere: whatever is cancelled, wherever, and started again, nobody at the other end
// can tell. Every step of every schedule is tried, on good sockets and on bad ones.
#include "tests/cancellation/sessions.hpp"

#include <cstdlib>

namespace mini_redis::tests {
namespace {

// To know that a sabotage is noticed one failure is enough (sabotage.py).
const std::size_t failed_max = std::getenv("SABOTAGE") ? 1 : cancel_everywhere_parts::never;

template <class World>
class CancelEverywhere : public testing::Test {};
TYPED_TEST_SUITE(CancelEverywhere, Sessions);

TYPED_TEST(CancelEverywhere, AndNobodyCanTell)
{
    const QuietLog quiet;
    const Explored explored = cancel_everywhere<TypeParam>(
        testing::UnitTest::GetInstance()->current_test_info()->type_param(), failed_max);
    EXPECT_EQ(explored.failed, 0U) << explored.first;
    EXPECT_GT(explored.schedules, 500U);
}

}  // namespace
}  // namespace mini_redis::tests
