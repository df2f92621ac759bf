// Reading the environment.
#include "tests/conformance/settings.hpp"

#include <cstdlib>

namespace mini_redis::tests {
namespace {

std::string environment(const char* name, const std::string& usual)
{
    const char* value = std::getenv(name);
    return value == nullptr || *value == '\0' ? usual : value;
}

}  // namespace

std::string reference_binary()
{
    return environment("MINI_REDIS_REFERENCE", REDIS_SERVER);
}

std::string our_binary()
{
    return environment("MINI_REDIS_OURS", MINI_REDIS_SERVER);
}

std::uint64_t first_seed()
{
    return std::stoull(environment("MINI_REDIS_SEED", "1"));
}

std::size_t command_count(std::size_t usual)
{
    return std::stoull(environment("MINI_REDIS_COMMANDS", std::to_string(usual)));
}

Words only_these()
{
    return split_words(environment("MINI_REDIS_ONLY", ""));
}

bool transcript_wanted()
{
    return !environment("MINI_REDIS_TRANSCRIPT", "").empty();
}

Words server_arguments()
{
    // The nodes of streams are small, so that a short stream has several; and Redis looks often for
    // those whose time to wait is over.
    return split_words(R"(--io-threads 2 --save "" --enable-debug-command yes --hz 500
                       --stream-node-max-entries 4)");
}

}  // namespace mini_redis::tests
