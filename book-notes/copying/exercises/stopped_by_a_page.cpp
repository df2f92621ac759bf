// A loop looks at each page of a mapped file, and none of its accesses may stop the thread.
#include "server/runtime/descriptor.hpp"

#include <cstddef>
#include <string>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t file_bytes = 256 * page;

long stops()
{
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_minflt + usage.ru_majflt;
}

// Without the sanitizers' own accesses to memory, which may be stopped as well.
#define PLAIN __attribute__((no_sanitize("address"))) __attribute__((no_sanitize("thread")))

PLAIN long stops_in_the_loop(const char* bytes)
{
    const long before = stops();
    std::size_t found = 0;
    for (std::size_t i = 0; i < file_bytes; i += page) found += bytes[i] == 'x';
    return found == file_bytes / page ? stops() - before : -1;
}

// Yours:
void* bring(int file)
{
    void* const bytes = ::mmap(nullptr, file_bytes, PROT_READ, MAP_PRIVATE, file, 0);
    return bytes;
}

// The test:
TEST(StoppedByAPage, TheLoopNeverIs)
{
    const mini_redis::runtime::Descriptor file(::memfd_create("file", 0));
    const std::string text(file_bytes, 'x');
    ASSERT_EQ(::write(file.get(), text.data(), file_bytes), ssize_t{file_bytes});
    stops_in_the_loop(text.data());  // or its own code is what it waits for
    ASSERT_EQ(stops_in_the_loop(text.data()), 0);
    void* const bytes = bring(file.get());
    ASSERT_NE(bytes, MAP_FAILED);
    EXPECT_EQ(stops_in_the_loop(static_cast<const char*>(bytes)), 0) << "it was stopped on the way";
    ::munmap(bytes, file_bytes);
}

}  // namespace
