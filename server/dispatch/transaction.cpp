// Adding a request to what EXEC will run.
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
    const KeptRequest& queued = commands_.emplace_back(command, words);
    bytes_ += queued.bytes();
    flags_ = flags_ | command.flags;
    needs_everything_ = needs_everything_ || may_need_everything(command);
}

}  // namespace mini_redis::dispatch
