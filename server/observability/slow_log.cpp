// At most 32 words of an entry are kept, at most 128 bytes of a word: Redis' limits and texts.
#include "server/observability/slow_log.hpp"

#include <algorithm>

namespace mini_redis::observability {
namespace {

constexpr std::size_t words_max = 32;
constexpr std::size_t word_bytes_max = 128;

std::vector<std::string> shorten(std::span<const std::string_view> words)
{
    std::vector<std::string> kept;
    const std::size_t whole = words.size() > words_max ? words_max - 1 : words.size();
    for (const std::string_view word : words.first(whole)) {
        kept.emplace_back(word.substr(0, word_bytes_max));
        if (word.size() > word_bytes_max)
            kept.back() += "... (" + std::to_string(word.size() - word_bytes_max) + " more bytes)";
    }
    if (whole < words.size())
        kept.push_back("... (" + std::to_string(words.size() - whole) + " more arguments)");
    return kept;
}

}  // namespace

void SlowLog::add(std::int64_t unix_seconds, std::int64_t microseconds,
                  std::span<const std::string_view> words, std::string client_address,
                  std::string client_name, std::size_t entries_max)
{
    auto kept = shorten(words);
    const std::lock_guard lock(mutex_);
    entries_.push_front({next_id_++, unix_seconds, microseconds, std::move(kept),
                         std::move(client_address), std::move(client_name)});
    while (entries_.size() > entries_max) entries_.pop_back();
}

std::vector<SlowCommand> SlowLog::newest(std::size_t count) const
{
    const std::lock_guard lock(mutex_);
    const auto end = entries_.begin() + static_cast<std::ptrdiff_t>(std::min(count, entries_.size()));
    return {entries_.begin(), end};
}

std::size_t SlowLog::size() const
{
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

void SlowLog::clear()
{
    const std::lock_guard lock(mutex_);
    entries_.clear();
}

void SlowLog::keep_at_most(std::size_t entries_max)
{
    const std::lock_guard lock(mutex_);
    if (entries_.size() > entries_max) entries_.resize(entries_max);
}

}  // namespace mini_redis::observability
