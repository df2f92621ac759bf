// By the ring of Boost.Lockfree.
#include "server/observability/tracer.hpp"

#include <chrono>

#include <boost/lockfree/spsc_queue.hpp>

namespace mini_redis::observability {
namespace {

std::int64_t nanoseconds(auto duration)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count();
}

}  // namespace

struct Tracer::Ring {
    boost::lockfree::spsc_queue<Span> spans{spans_max};
};

Tracer::Tracer() = default;
Tracer::~Tracer() = default;

void Tracer::begin(std::uint32_t thread, std::uint64_t run, const runtime::Time& time)
{
    thread_ = thread;
    run_ = run;
    time_ = &time;
    // The time of day may jump, and no span is to end before it began.
    unix_offset_ns_ = nanoseconds(std::chrono::system_clock::now().time_since_epoch()) -
                      nanoseconds(time.now().time_since_epoch());
    chance_.seed(run - 1 - thread);  // unlike those of connections
    ring_ = std::make_unique<Ring>();
}

bool Tracer::chooses(std::uint64_t one_in)
{
    if (!on() || one_in == 0) return false;
    const std::uint64_t longest = 2 * one_in - 1;  // so that the mean is what was asked for
    if (until_chosen_ == 0 || until_chosen_ > longest) until_chosen_ = 1 + chance_() % longest;
    return --until_chosen_ == 0;
}

std::int64_t Tracer::now_ns() const
{
    return nanoseconds(time_->now().time_since_epoch()) + unix_offset_ns_;
}

SpanContext Tracer::connection(std::uint64_t client) const
{
    std::mt19937_64 chance(run_ + client);
    return {chance(), chance(), chance() | 1};
}

void Tracer::record(Span span) noexcept
{
    span.thread = thread_;
    recorded.add();
    if (!ring_->spans.push(span)) dropped.add();
}

void Tracer::collect(std::vector<Span>& spans)
{
    if (!on()) return;
    ring_->spans.consume_all([&](const Span& span) { spans.push_back(span); });
}

}  // namespace mini_redis::observability
