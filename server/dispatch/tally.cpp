// Adding up, and taking away what was there at the last reset.
#include "server/dispatch/tally.hpp"

#include "server/observability/memory.hpp"

#include <array>
#include <utility>

namespace mini_redis::dispatch {
namespace {

using keyspace::Local;
using observability::CommandStatistics;
using observability::HistogramSum;
using observability::Statistics;
using runtime::Counter;

template <class Sum, class Counted>
using Pairs = std::pair<std::uint64_t Sum::*, Counter Counted::*>;

constexpr auto of_statistics = std::to_array<Pairs<Totals, Statistics>>({
    {&Totals::served, &Statistics::served},
    {&Totals::bytes_in, &Statistics::bytes_in},
    {&Totals::bytes_out, &Statistics::bytes_out},
    {&Totals::reads, &Statistics::reads},
    {&Totals::writes, &Statistics::writes},
    {&Totals::connections, &Statistics::connections},
    {&Totals::refused, &Statistics::refused},
    {&Totals::query_limit, &Statistics::query_limit},
    {&Totals::output_limit, &Statistics::output_limit},
    {&Totals::error_replies, &Statistics::error_replies},
});

constexpr auto of_keyspace = std::to_array<Pairs<Totals, Local>>({
    {&Totals::hits, &Local::hits},
    {&Totals::misses, &Local::misses},
    {&Totals::expired, &Local::expired},
    {&Totals::evicted, &Local::evicted},
});

constexpr auto of_command = std::to_array<Pairs<CommandTotals, CommandStatistics>>({
    {&CommandTotals::calls, &CommandStatistics::calls},
    {&CommandTotals::ticks, &CommandStatistics::ticks},
    {&CommandTotals::rejected, &CommandStatistics::rejected},
    {&CommandTotals::failed, &CommandStatistics::failed},
});

template <class Sum, class Counted, std::size_t Size>
void add(Sum& sum, const std::array<Pairs<Sum, Counted>, Size>& pairs, const Counted& counted)
{
    for (const auto& [total, counter] : pairs) sum.*total += (counted.*counter).get();
}

template <class Sum, class Counted, std::size_t Size>
void subtract(Sum& sum, const std::array<Pairs<Sum, Counted>, Size>& pairs, const Sum& before)
{
    for (const auto& [total, counter] : pairs) sum.*total -= before.*total;
}

Totals sum_of(const std::deque<ThreadCounts>& threads)
{
    Totals sum;
    for (const ThreadCounts& thread : threads) {
        add(sum, of_statistics, thread.statistics);
        add(sum, of_keyspace, thread.keyspace);
    }
    return sum;
}

CommandTotals sum_of(const std::deque<ThreadCounts>& threads, std::size_t id)
{
    CommandTotals sum;
    for (const ThreadCounts& thread : threads) add(sum, of_command, thread.statistics.command(id));
    return sum;
}

HistogramSum nanoseconds_of(const std::deque<ThreadCounts>& threads, std::size_t id)
{
    HistogramSum sum;
    for (const ThreadCounts& thread : threads)
        if (const auto* histogram = thread.statistics.command(id).nanoseconds.load())
            sum.add(*histogram);
    return sum;
}

std::map<std::string, std::uint64_t> errors_of(const std::deque<ThreadCounts>& threads)
{
    std::map<std::string, std::uint64_t> sum;
    for (const ThreadCounts& thread : threads)
        for (const auto& [code, count] : thread.statistics.errors()) sum[code] += count;
    return sum;
}

}  // namespace

Totals Tally::totals() const
{
    const std::lock_guard lock(mutex_);
    Totals sum = sum_of(threads_);
    subtract(sum, of_statistics, before_);
    subtract(sum, of_keyspace, before_);
    return sum;
}

CommandTotals Tally::command(std::size_t id) const
{
    const std::lock_guard lock(mutex_);
    CommandTotals sum = sum_of(threads_, id);
    if (!commands_before_.empty()) subtract(sum, of_command, commands_before_[id]);
    return sum;
}

HistogramSum Tally::nanoseconds(std::size_t id) const
{
    const std::lock_guard lock(mutex_);
    HistogramSum sum = nanoseconds_of(threads_, id);
    if (const auto before = nanoseconds_before_.find(id); before != nanoseconds_before_.end())
        sum.subtract(before->second);
    return sum;
}

std::map<std::string, std::uint64_t> Tally::errors() const
{
    const std::lock_guard lock(mutex_);
    std::map<std::string, std::uint64_t> sum = errors_of(threads_);
    for (const auto& [code, count] : errors_before_) sum[code] -= count;
    std::erase_if(sum, [](const auto& error) { return error.second == 0; });
    return sum;
}

void Tally::reset()
{
    const std::lock_guard lock(mutex_);
    before_ = sum_of(threads_);
    errors_before_ = errors_of(threads_);
    const std::size_t commands = threads_.empty() ? 0 : threads_.front().statistics.commands();
    commands_before_.resize(commands);
    for (std::size_t id = 0; id < commands; ++id) {
        commands_before_[id] = sum_of(threads_, id);
        const HistogramSum nanoseconds = nanoseconds_of(threads_, id);
        if (nanoseconds.total != 0) nanoseconds_before_[id] = nanoseconds;
    }
}

void Tally::sample(std::int64_t now_ms)
{
    const std::uint64_t used = observability::memory_used();  // which remembers the peak
    if (memory_at_start_ == 0) memory_at_start_ = used;
    const Totals now = sum_of(threads_);
    commands_rate.sample(now.served, now_ms);
    bytes_in_rate.sample(now.bytes_in, now_ms);
    bytes_out_rate.sample(now.bytes_out, now_ms);
}

}  // namespace mini_redis::dispatch
