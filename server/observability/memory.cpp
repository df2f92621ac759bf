// jemalloc keeps, for each thread, what it has ever allocated and freed, at fixed addresses. Other
// allocators (the C library's, and what sanitizers bring) are asked, which is slow but right.
#include "server/observability/memory.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <mutex>
#include <span>
#include <sys/sysinfo.h>
#include <unistd.h>

#ifdef MINI_REDIS_JEMALLOC
#include <jemalloc/jemalloc.h>
#else
#include <malloc.h>
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MINI_REDIS_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MINI_REDIS_SANITIZED
#endif
#endif

#ifdef MINI_REDIS_SANITIZED
// Of sanitizer/allocator_interface.h, which comes with clang alone; g++'s runtime has it, too.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
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

template <class T>
T ask(const char* name)
{
    T value{};
    std::size_t size = sizeof value;
    mallctl(name, &value, &size, nullptr, 0);
    return value;
}

// One thread's running counts, for as long as it lives. Its place is reused.
struct Place {
    std::atomic<const std::uint64_t*> allocated{nullptr};
    std::atomic<const std::uint64_t*> freed{nullptr};

    std::int64_t used() const
    {
        const std::uint64_t* const plus = allocated.load(std::memory_order_acquire);
        const std::uint64_t* const minus = freed.load(std::memory_order_acquire);
        if (!plus || !minus) return 0;
        return static_cast<std::int64_t>(__atomic_load_n(plus, __ATOMIC_RELAXED) -
                                         __atomic_load_n(minus, __ATOMIC_RELAXED));
    }
};

constexpr std::size_t places_max = 256;
Place places[places_max];
std::atomic<std::size_t> places_used{0};  // those in front
std::atomic<std::int64_t> used_by_ended{0};
std::mutex registering;

// Lives as long as its thread, which is longer than the counts may be read: who asks for the sum
// in the moment in which a thread ends may miss that thread, or read its last numbers.
class Registration {
public:
    Registration()
    {
        const std::lock_guard lock(registering);
        const auto free = std::ranges::find_if(
            places, [](const Place& place) { return place.allocated == nullptr; });
        if (free == std::end(places)) return;
        place_ = &*free;
        place_->freed = ask<std::uint64_t*>("thread.deallocatedp");
        place_->allocated = ask<std::uint64_t*>("thread.allocatedp");
        const auto index = static_cast<std::size_t>(free - places);
        places_used = std::max(places_used.load(), index + 1);
    }
    ~Registration()
    {
        if (!place_) return;
        const std::lock_guard lock(registering);
        used_by_ended += place_->used();
        place_->allocated = nullptr;
        place_->freed = nullptr;
    }
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;

private:
    Place* place_ = nullptr;
};

#endif

}  // namespace

std::uint64_t memory_used_peak()
{
    return peak.load(std::memory_order_relaxed);
}

#ifdef MINI_REDIS_JEMALLOC

void count_memory_of_this_thread()
{
    static thread_local const Registration registration;
}

std::uint64_t memory_used()
{
    std::int64_t used = used_by_ended.load(std::memory_order_relaxed);
    const std::size_t count = places_used.load(std::memory_order_acquire);
    for (const Place& place : std::span(places).first(count)) used += place.used();
    return noted(used > 0 ? static_cast<std::uint64_t>(used) : 0);
}

void memory_purge()
{
    mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);  // 4096: every arena
}

std::string allocator_name()
{
    const char* version = ask<const char*>("version");
    const std::string text = version ? version : "";
    return "jemalloc-" + text.substr(0, text.find('-'));
}

std::string allocator_statistics()
{
    std::string text;
    const auto append = [](void* to, const char* part) { *static_cast<std::string*>(to) += part; };
    malloc_stats_print(append, &text, nullptr);
    return text;
}

#else

void count_memory_of_this_thread() {}

std::uint64_t memory_used()
{
#ifdef MINI_REDIS_SANITIZED
    return noted(__sanitizer_get_current_allocated_bytes());
#else
    const struct mallinfo2 info = mallinfo2();
    return noted(info.uordblks + info.hblkhd);
#endif
}

void memory_purge()
{
    malloc_trim(0);
}

std::string allocator_name()
{
    return "libc";
}

std::string allocator_statistics()
{
    return {};
}

#endif

MemoryReport memory_report()
{
    MemoryReport report;
    const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
        unsigned long long total = 0;
        unsigned long long resident = 0;
        if (std::fscanf(file, "%llu %llu", &total, &resident) == 2)
            report.resident = resident * page;
        std::fclose(file);
    }
    struct sysinfo system{};
    if (sysinfo(&system) == 0) report.total_system = system.totalram * system.mem_unit;
#ifdef MINI_REDIS_JEMALLOC
    std::uint64_t epoch = 1;
    mallctl("epoch", nullptr, nullptr, &epoch, sizeof epoch);
    report.allocator_allocated = ask<std::size_t>("stats.allocated");
    report.allocator_active = ask<std::size_t>("stats.active");
    report.allocator_resident = ask<std::size_t>("stats.resident");
#else
    report.allocator_allocated = report.allocator_active = report.allocator_resident =
        memory_used();
#endif
    return report;
}

}  // namespace mini_redis::observability
