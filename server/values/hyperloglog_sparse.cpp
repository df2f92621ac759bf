// Reading, splitting and joining runs.
#include "server/values/hyperloglog_sparse.hpp"

namespace mini_redis::values {
namespace {

constexpr unsigned value_max = 32;
constexpr unsigned same_max = 4;    // registers of one value in a run
constexpr unsigned zeros_max = 64;  // registers in a run of one byte

unsigned byte(std::string_view text, std::size_t at)
{
    return at < text.size() ? static_cast<std::uint8_t>(text[at]) : 0U;
}

// Up to three runs in the place of one, for a while.
class Replacement {
public:
    void add(unsigned value, unsigned count)
    {
        if (count == 0) return;
        if (value != 0) return put(0x80U | (value - 1) << 2 | (count - 1));
        if (count <= zeros_max) return put(count - 1);
        put(0x40U | (count - 1) >> 8);
        put((count - 1) & 0xffU);
    }
    std::string_view text() const { return {bytes_, size_}; }

private:
    void put(unsigned value) { bytes_[size_++] = static_cast<char>(value); }

    char bytes_[5];
    std::size_t size_ = 0;
};

// Joins runs of the same value that follow each other, from the one at `at` on. Five steps, each
// past a run or into one: a run that was split was at most between two that it can be joined with.
void join(std::string& text, std::size_t at)
{
    for (int steps = 5; steps > 0 && at < text.size(); --steps) {
        const Run run = run_at(text, at);
        const std::size_t behind = at + run.bytes();
        if (run.value != 0 && behind < text.size()) {
            const Run next = run_at(text, behind);
            if (next.value == run.value && run.count + next.count <= same_max) {
                Replacement joined;
                joined.add(run.value, run.count + next.count);
                text.replace(at, 2, joined.text());
                continue;
            }
        }
        at = behind;
    }
}

}  // namespace

Run run_at(std::string_view text, std::size_t at)
{
    const unsigned first = byte(text, at);
    if (first >= 0x80) return {(first >> 2 & 0x1fU) + 1, (first & 3U) + 1};
    if (first < 0x40) return {0, first + 1};
    return {0, ((first & 0x3fU) << 8 | byte(text, at + 1)) + 1, true};
}

Raised raise_sparse(std::string& text, std::size_t begin, Sighting sighting, std::size_t bytes_max)
{
    if (sighting.rank > value_max) return Raised::too_high;
    std::size_t before = begin;
    std::size_t at = begin;
    unsigned left = sighting.index;  // registers between the run and the one that is meant
    Run run;
    for (;; before = at, at += run.bytes(), left -= run.count) {
        if (at >= text.size()) return Raised::corrupt;
        run = run_at(text, at);
        if (left < run.count) break;
    }
    if (run.value >= sighting.rank) return Raised::no;

    Replacement parts;
    parts.add(run.value, left);
    parts.add(sighting.rank, 1);
    parts.add(run.value, run.count - left - 1);
    const std::string_view now = parts.text();
    if (now.size() > run.bytes() && text.size() - run.bytes() + now.size() > bytes_max)
        return Raised::too_high;
    text.replace(at, run.bytes(), now);
    join(text, before);
    return Raised::yes;
}

}  // namespace mini_redis::values
