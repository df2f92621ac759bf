// A sum of small numbers, with large ones that come and go. Any number of threads is to find the
// same.
#include <cstddef>
#include <numeric>
#include <span>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace {

using Numbers = std::span<const double>;

// The `which`th of so many parts.
[[maybe_unused]] Numbers part(Numbers all, std::size_t which, std::size_t parts)
{
    const std::size_t begin = which * all.size() / parts;
    return all.subspan(begin, (which + 1) * all.size() / parts - begin);
}

std::size_t forked = 0;  // threads, so far

// Calls work(0), work(1) and so on, each on a thread of its own; returns when all have ended.
template <class Work>
void fork(std::size_t threads, const Work& work)
{
    forked += threads;
    std::vector<std::jthread> others;
    for (std::size_t i = 0; i < threads; ++i) others.emplace_back([&work, i] { work(i); });
}

// Yours:
double sum(Numbers numbers, std::size_t threads)
{
    std::vector<double> sums(threads);
    fork(threads, [&](std::size_t thread) {
        for (const double number : part(numbers, thread, threads)) sums[thread] += number;
    });
    return std::accumulate(sums.begin(), sums.end(), 0.0);
}

// The test:
TEST(SummedAlike, ByOneThreadAndByMany)
{
    std::vector<double> numbers(100'000, 1.0);
    for (std::size_t i = 0; i < numbers.size(); i += 1000) {
        numbers[i] = 1e30;
        numbers[i + 700] = -1e30;
    }
    const double by_one = sum(numbers, 1);
    for (const std::size_t threads : {2U, 3U, 4U, 7U}) {
        forked = 0;
        const double by_many = sum(numbers, threads);
        EXPECT_EQ(by_many, by_one) << "by " << threads << " threads: " << by_many;
        EXPECT_EQ(forked, threads) << "threads at work";
    }
    EXPECT_EQ(sum(std::vector(1000, 1.0), 3), 1000) << "of a thousand ones";
}

}  // namespace
