// Keeping, dropping with a mark, and handing over.
#include "client/inflow.hpp"

#include <algorithm>
#include <utility>

namespace mini_redis::client {
namespace {

using protocol::Value;

Value text(std::string_view bytes)
{
    Value value;
    value.kind = Value::Kind::bulk;
    value.text = bytes;
    return value;
}

Value gap(std::string_view why)
{
    Value value;
    value.kind = Value::Kind::push;
    value.children.push_back(text("gap"));
    value.children.push_back(text(why));
    return value;
}

}  // namespace

void Inflow::push(Value value, std::size_t bytes)
{
    if (queue_.empty()) {
        if (Waiter* const waiter = takers_.first()) {
            waiter->receive(std::move(value));
            takers_.pop();
            waiter->state = Waiter::State::settled;
            return finish(*waiter);
        }
    }
    if (overflow_ == Overflow::drop && bytes_ >= bytes_max_) return drop();
    queue_.push_back({std::move(value), bytes, false, 0});
    bytes_ += bytes;
}

void Inflow::drop()
{
    if (queue_.empty() || queue_.back().dropped == 0) queue_.push_back({gap(""), 0, true, 0});
    Queued& mark = queue_.back();
    ++mark.dropped;
    mark.value.children[1].text = std::to_string(mark.dropped) + " not taken in time and dropped";
}

void Inflow::push_gap(std::string_view why)
{
    if (queue_.empty() || !queue_.back().gap || queue_.back().dropped != 0) {
        if (!takers_.empty()) return push(gap(why), 0);
        queue_.push_back({gap(why), 0, true, 0});
        return;
    }
    std::string& reasons = queue_.back().value.children[1].text;
    if (reasons.find(why) == reasons.npos) reasons.append("; ").append(why);
}

void Inflow::take(Waiter& waiter, TimePoint deadline)
{
    waiter.deadline = deadline;
    if (!queue_.empty()) return hand_over(waiter);
    waiter.state = Waiter::State::queued;
    takers_.push(waiter);
}

// Book: sequences/handed-over. A value is in the queue until the step that hands it over.
void Inflow::hand_over(Waiter& waiter)
{
    waiter.receive(std::move(queue_.front().value));
    bytes_ -= queue_.front().bytes;
    queue_.pop_front();
    settle(waiter);
}

void Inflow::settle(Waiter& waiter)
{
    waiter.state = Waiter::State::settled;
    settled_.push(waiter);
}

bool Inflow::withdraw(Waiter& waiter, Error why)
{
    if (waiter.state == Waiter::State::settled) return false;
    takers_.remove(waiter);
    waiter.fail(std::move(why));
    settle(waiter);
    return true;
}

void Inflow::fail(const Error& why)
{
    while (Waiter* const waiter = takers_.pop()) {
        waiter->fail(why);
        settle(*waiter);
    }
}

TimePoint Inflow::expire(TimePoint now)
{
    TimePoint next = never;
    for (Waiter* at = takers_.first(); at != nullptr;) {
        Waiter& waiter = *std::exchange(at, at->next);
        if (waiter.deadline > now)
            next = std::min(next, waiter.deadline);
        else
            withdraw(waiter, {Errc::timed_out, "nothing came in time"});
    }
    return next;
}

void Inflow::abandon()
{
    while (Waiter* const waiter = takers_.pop()) waiter->abandon();
    while (Waiter* const waiter = settled_.pop()) waiter->abandon();
}

void Inflow::finish_settled()
{
    while (Waiter* const waiter = settled_.pop()) finish(*waiter);
}

void Inflow::finish(Waiter& waiter)
{
    try {
        waiter.finish();
    } catch (...) {
        if (!fault_) fault_ = std::current_exception();
    }
}

}  // namespace mini_redis::client
