// One piece of work for several threads: what is counted, who is last, and what a sum becomes.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <span>
#include <thread>
#include <vector>

namespace {

// Threads that write side by side in memory would hand one cache line to and fro.
struct alignas(64) Share {
    std::size_t found = 0;
};

// Book: data-parallelism/split. Split what is read, count apart, add up at the end.
std::size_t count_multiples(std::span<const std::uint32_t> numbers, std::size_t threads)
{
    std::vector<Share> shares(threads);
    std::vector<std::jthread> others;
    const std::size_t part = (numbers.size() + threads - 1) / threads;
    for (std::size_t i = 0; i < threads; ++i) {
        const std::size_t begin = std::min(i * part, numbers.size());
        const std::size_t end = std::min(begin + part, numbers.size());
        const auto mine = numbers.subspan(begin, end - begin);
        others.emplace_back([mine, &share = shares[i]] {
            std::size_t found = 0;
            for (const std::uint32_t number : mine) found += number % 7 == 0;
            share.found = found;
        });
    }
    others.clear();  // joins them
    std::size_t all = 0;
    for (const Share& share : shares) all += share.found;
    return all;
}

// A thousand pieces of work for four threads. The first fifty take a hundred times as long.
constexpr std::size_t pieces = 1000;
constexpr std::size_t threads = 4;
using Loads = std::array<std::size_t, threads>;

std::size_t cost(std::size_t piece)
{
    return piece < 50 ? 100 : 1;
}

// Everybody is done when the last one is.
void show(const char* how, const Loads& loads)
{
    const std::size_t all = std::accumulate(loads.begin(), loads.end(), std::size_t{0});
    std::printf("%-12s %4zu units of work, the last thread is done after %4zu\n", how, all,
                *std::max_element(loads.begin(), loads.end()));
}

Loads in_blocks()
{
    Loads loads{};
    for (std::size_t i = 0; i < pieces; ++i) loads[i * threads / pieces] += cost(i);
    return loads;
}

Loads dealt_out()
{
    Loads loads{};
    for (std::size_t i = 0; i < pieces; ++i) loads[i % threads] += cost(i);
    return loads;
}

// Who is free takes the next `chunk` pieces.
Loads taken(std::size_t chunk)
{
    Loads loads{};
    for (std::size_t next = 0; next < pieces;) {
        std::size_t& free = *std::min_element(loads.begin(), loads.end());
        for (std::size_t i = 0; i < chunk && next < pieces; ++i) free += cost(next++);
    }
    return loads;
}

// Of the same numbers, in so many parts.
float sum(std::size_t parts)
{
    constexpr std::size_t numbers = 1'000'000;
    float all = 0;
    for (std::size_t part = 0; part < parts; ++part) {
        float mine = 0;
        for (std::size_t i = part * numbers / parts; i < (part + 1) * numbers / parts; ++i)
            mine += 1 / static_cast<float>(i + 1);
        all += mine;
    }
    return all;
}

}  // namespace

int main()
{
    std::vector<std::uint32_t> numbers(1'000'000);
    std::iota(numbers.begin(), numbers.end(), 1U);
    for (const std::size_t many : {std::size_t{1}, std::size_t{3}, std::size_t{8}})
        std::printf("%zu threads: %zu multiples of seven\n", many, count_multiples(numbers, many));
    show("in blocks", in_blocks());
    show("dealt out", dealt_out());
    show("taken by 1", taken(1));
    show("taken by 100", taken(100));
    std::printf("sum of 1/1 to 1/1000000 in 1 part %.4f, in 4 parts %.4f\n",
                static_cast<double>(sum(1)), static_cast<double>(sum(4)));
}
