// jemalloc keeps, for each thread, what it has ever allocated and freed, at fixed addresses. With
// another allocator (sanitizers bring their own) the C library is asked, which is slow but right.
#include "server/observability/memory.hpp"

#include <sys/sysinfo.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <vector>

#ifdef MINI_REDIS_JEMALLOC
#include <jemalloc/jemalloc.h>
#else
#include <malloc.h>
#endif

namespace mini_redis::observability {
namespace {

std::atomic<std::uint64_t> peak{0};

std::uint64_t noted(std::uint64_t used)
{
    if (used > peak.load(std::memory_order_relaxed)) peak.store(used, std::memory_order_relaxed);
    return used;
}

#ifdef MINI_REDIS_JEMALLOC

struct ThreadCounts {
    const std::uint64_t* allocated;
    const std::uint64_t* freed;
};

constexpr std::size_t threads_max = 256;
ThreadCounts threads[threads_max];
std::atomic<std::size_t> thread_count{0};

template <class T>
T ask(const char* name)
{
    T value{};
    std::size_t size = sizeof value;
    mallctl(name, &value, &size, nullptr, 0);
    return value;
}

#endif

}  // namespace

std::uint64_t memory_used_peak()
{
    return peak.load(std::memory_order_relaxed);
}

#ifdef MINI_REDIS_JEMALLOC

void count_memory_of_this_thread()
{
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    const std::size_t index = thread_count.load(std::memory_order_relaxed);
    if (index == threads_max) return;
    threads[index] = {ask<std::uint64_t*>("thread.allocatedp"), ask<std::uint64_t*>("thread.deallocatedp")};
    thread_count.store(index + 1, std::memory_order_release);
}

std::uint64_t memory_used()
{
    std::int64_t used = 0;
    const std::size_t count = thread_count.load(std::memory_order_acquire);
    for (std::size_t i = 0; i < count; ++i) {
        used += static_cast<std::int64_t>(__atomic_load_n(threads[i].allocated, __ATOMIC_RELAXED));
        used -= static_cast<std::int64_t>(__atomic_load_n(threads[i].freed, __ATOMIC_RELAXED));
    }
    return noted(used > 0 ? static_cast<std::uint64_t>(used) : 0);
}

void memory_purge()
{
    mallctl("arena." "4096" ".purge", nullptr, nullptr, nullptr, 0);  // 4096: every arena
}

std::string allocator_name()
{
    const char* version = ask<const char*>("version");
    const std::string text = version ? version : "";
    return "jemalloc-" + text.substr(0, text.find('-'));
}

#else

void count_memory_of_this_thread() {}

std::uint64_t memory_used()
{
    const struct mallinfo2 info = mallinfo2();
    return noted(info.uordblks + info.hblkhd);
}

void memory_purge()
{
    malloc_trim(0);
}

std::string allocator_name()
{
    return "libc";
}

#endif

MemoryReport memory_report()
{
    MemoryReport report;
    const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
        unsigned long long total = 0;
        unsigned long long resident = 0;
        if (std::fscanf(file, "%llu %llu", &total, &resident) == 2) report.resident = resident * page;
        std::fclose(file);
    }
    struct sysinfo system {};
    if (sysinfo(&system) == 0) report.total_system = system.totalram * system.mem_unit;
#ifdef MINI_REDIS_JEMALLOC
    std::uint64_t epoch = 1;
    mallctl("epoch", nullptr, nullptr, &epoch, sizeof epoch);
    report.allocator_allocated = ask<std::size_t>("stats.allocated");
    report.allocator_active = ask<std::size_t>("stats.active");
    report.allocator_resident = ask<std::size_t>("stats.resident");
#else
    report.allocator_allocated = report.allocator_active = report.allocator_resident = memory_used();
#endif
    return report;
}

}  // namespace mini_redis::observability
