// A wheel has 64 slots of 1 ms, 64 of 64 ms and so on. In which of them does a deadline lie?
#include <bit>
#include <cstdint>

#include <gtest/gtest.h>

namespace {

struct Place {
    unsigned level;
    unsigned slot;
};

// Yours:
// The further away, the higher.
Place place_of(std::uint64_t now, std::uint64_t when)
{
    unsigned level = 0;
    for (std::uint64_t far = when - now; far >= 64; far /= 64) ++level;
    return {level, static_cast<unsigned>((when >> (6 * level)) % 64)};
}

// The test:
// The next time at which all bits below the slot's are zero, in the round that is under way.
std::uint64_t begin_of(Place place, std::uint64_t now)
{
    const unsigned shift = 6 * place.level;
    return (now >> shift >> 6 << 6 << shift) + (std::uint64_t{place.slot} << shift);
}

TEST(WhereItDiffers, ASlotIsStillToComeAndBeginsBeforeItsDeadlines)
{
    for (const std::uint64_t now : {0U, 63U, 64U, 4095U, 5000U})
        for (std::uint64_t when = now + 1; when < now + 10'000; ++when) {
            const Place place = place_of(now, when);
            const std::uint64_t begin = begin_of(place, now);
            const std::uint64_t length = std::uint64_t{1} << (6 * place.level);
            ASSERT_TRUE(now < begin && begin <= when && when < begin + length)
                << "set at " << now << " for " << when << ": its slot begins at " << begin;
        }
}

}  // namespace
