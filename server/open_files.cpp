// Asking for more than the hard limit takes a privilege; up to it, none.
#include "server/open_files.hpp"

#include <sys/resource.h>

namespace mini_redis::server {

std::uint64_t allow_open_files(std::uint64_t wanted)
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
    if (limit.rlim_cur >= wanted) return limit.rlim_cur;
    if (limit.rlim_max < wanted) {
        const rlimit higher{wanted, wanted};
        if (::setrlimit(RLIMIT_NOFILE, &higher) == 0) return wanted;
        wanted = limit.rlim_max;
    }
    const rlimit raised{wanted, limit.rlim_max};
    return ::setrlimit(RLIMIT_NOFILE, &raised) == 0 ? wanted : limit.rlim_cur;
}

}  // namespace mini_redis::server
