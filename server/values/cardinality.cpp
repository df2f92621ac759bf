// The estimator and its two series, sigma and tau in the paper.
#include "server/values/cardinality.hpp"

#include "server/values/hyperloglog_sparse.hpp"

#include <cmath>
#include <limits>

namespace mini_redis::values {
namespace {

constexpr std::size_t rank_max = 51;
constexpr double registers = register_count;
constexpr double alpha = 0.721347520444481703680;  // 0.5 / ln(2)

// For the registers that are 0.
double sigma(double x)
{
    if (x == 1.0) return std::numeric_limits<double>::infinity();
    double y = 1.0;
    double z = x;
    for (double before = -1.0; before != z; y += y) {
        x *= x;
        before = z;
        z += x * y;
    }
    return z;
}

// For those that are full.
double tau(double x)
{
    if (x == 0.0 || x == 1.0) return 0.0;
    double y = 1.0;
    double z = 1.0 - x;
    for (double before = -1.0; before != z;) {
        x = std::sqrt(x);
        before = z;
        y *= 0.5;
        z -= (1.0 - x) * (1.0 - x) * y;
    }
    return z / 3.0;
}

}  // namespace

std::uint64_t cardinality(const Ranks& ranks)
{
    double z = registers * tau((registers - ranks[rank_max]) / registers);
    for (std::size_t rank = rank_max - 1; rank >= 1; --rank) z = (z + ranks[rank]) * 0.5;
    z += registers * sigma(ranks[0] / registers);
    const double estimate = alpha * registers * registers / z;
    // Registers of which none holds a rank give infinity. (Redis' conversion gives this.)
    constexpr double limit = 0x1p63;
    return estimate < limit ? static_cast<std::uint64_t>(std::llround(estimate))
                            : std::uint64_t{1} << 63;
}

}  // namespace mini_redis::values
