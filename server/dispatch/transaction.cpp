// Keeping a request for later.
#include "server/dispatch/transaction.hpp"

#include <algorithm>

namespace mini_redis::dispatch {
namespace {

// What names no key may walk through all of them, unless it is about clients and their messages.
bool may_need_everything(const Listed& command)
{
    const auto& specs = command.command->key_specs;
    if (command.spec().locks_everything) return true;
    if (!specs.empty())
        return std::ranges::any_of(
            specs, [](const KeySpec& spec) { return spec.reach == KeySpec::Reach::unknown; });
    return !command.categories.has_any(Category::connection | Category::pubsub);
}

}  // namespace

void Transaction::queue(const Listed& command, Words words)
{
    Queued queued{.command = &command, .bytes = {}, .words = {}, .keys = {}};
    for (const Word word : words) queued.bytes.insert(queued.bytes.end(), word.begin(), word.end());
    const char* at = queued.bytes.data();
    for (const Word word : words) {
        queued.words.emplace_back(at, word.size());
        at += word.size();
    }
    each_key(*command.command, queued.words, [&](std::size_t index, const KeySpec&) {
        queued.keys.emplace_back(queued.words[index]);
    });
    bytes_ += sizeof queued + queued.bytes.size() + queued.words.size() * sizeof(Word) +
              queued.keys.size() * sizeof(Key);
    flags_ = flags_ | command.flags;
    needs_everything_ = needs_everything_ || may_need_everything(command);
    commands_.push_back(std::move(queued));
}

}  // namespace mini_redis::dispatch
