// The CPU time that this process takes from here on, and the time that passes meanwhile.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <sys/resource.h>

namespace mini_redis::bench {

class CpuTime {
public:
    CpuTime() { ::getrusage(RUSAGE_SELF, &begin_); }

    // name, requests, ns of CPU a request (user, system), requests a second.
    void print(const char* name, std::size_t requests) const
    {
        rusage end{};
        ::getrusage(RUSAGE_SELF, &end);
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began_;
        const auto each = [requests](const timeval& from, const timeval& to) {
            const double seconds = static_cast<double>(to.tv_sec - from.tv_sec) +
                                   static_cast<double>(to.tv_usec - from.tv_usec) / 1e6;
            return seconds * 1e9 / static_cast<double>(requests);
        };
        const double user = each(begin_.ru_utime, end.ru_utime);
        const double system = each(begin_.ru_stime, end.ru_stime);
        std::printf("%-16s %8zu requests  %7.0f ns CPU each (%.0f user, %.0f system)  %9.0f/s\n",
                    name, requests, user + system, user, system,
                    static_cast<double>(requests) / passed.count());
    }

private:
    rusage begin_{};
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace mini_redis::bench
