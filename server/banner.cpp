// A few lines for whoever has started it, or looks into the log much later.
#include "server/banner.hpp"

#include "server/config/version.hpp"
#include "server/observability/log.hpp"

#include <unistd.h>

namespace mini_redis::server {

using observability::log_notice;

void announce(const config::Config& config)
{
    const std::string memory =
        config.maxmemory.get() == 0
            ? "without limit"
            : "up to " + config.maxmemory.written() + ", then " + config.maxmemory_policy.text();
    log_notice("mini-redis {}, speaking like Redis {}, process {}", config::version,
               config::redis_version, ::getpid());
    log_notice("configuration: {}", config.file.empty() ? "no file" : config.file);
    log_notice("{} threads, {} databases, {} clients at most, memory {}", config.io_threads.get(),
               config.databases.get(), config.maxclients.get(), memory);
}

}  // namespace mini_redis::server
