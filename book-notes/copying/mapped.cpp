// One file, brought in by read and by mmap: which line of the program waits for the disk.
#include "server/net/inbox.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <new>
#include <string>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t pages = 256;
constexpr std::size_t file_bytes = pages * page;

// A file of its own without a name, gone with the program.
class File {
public:
    File()
    {
        char path[] = "/tmp/book-mapped-XXXXXX";
        descriptor = ::mkstemp(path);
        if (descriptor < 0 || ::unlink(path) != 0) throw std::bad_alloc();
        const std::string text(file_bytes, 'x');
        if (::write(descriptor, text.data(), text.size()) != ssize_t{file_bytes})
            throw std::bad_alloc();
    }
    ~File() { ::close(descriptor); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    int descriptor = -1;
};

// How often this program was stopped at an access to memory, so that the kernel could bring it.
long faults()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt + usage.ru_majflt;
}

// Without the sanitizers' own accesses to memory, which may be stopped as well.
#define PLAIN __attribute__((no_sanitize("address"))) __attribute__((no_sanitize("thread")))

// Book: copying/map. A page that is not there stops the loop, and no line of it shows where.
PLAIN std::size_t count(const char* bytes)
{
    std::size_t found = 0;
    for (std::size_t i = 0; i < file_bytes; i += page) found += bytes[i] == 'x';
    return found;
}

void show(const char* how, const char* bytes)
{
    const long began = faults();
    const std::size_t found = count(bytes);
    const bool stopped = faults() != began;
    std::printf("%-20s the loop sees %zu pages and is %s\n", how, found,
                stopped ? "stopped on the way" : "never stopped");
}

void read_and_show(const File& file)
{
    std::string memory(file_bytes, ' ');
    if (::pread(file.descriptor, memory.data(), file_bytes, 0) != ssize_t{file_bytes})
        throw std::bad_alloc();
    show("read", memory.data());
}

void map_and_show(const char* how, const File& file, int ahead)
{
    void* const mapped =
        ::mmap(nullptr, file_bytes, PROT_READ, MAP_PRIVATE | ahead, file.descriptor, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    show(how, static_cast<const char*>(mapped));
    ::munmap(mapped, file_bytes);
}

// Bytes that an inbox has copied while a client sent it one request of so many bytes in pieces.
void show_inbox(std::size_t request)
{
    mini_redis::net::Inbox inbox;
    std::size_t copied = 0;
    for (std::size_t sent = 0; sent < request;) {
        const void* const before = inbox.unconsumed().data();
        const auto room = inbox.room();
        if (inbox.unconsumed().data() != before) copied += inbox.unconsumed().size();
        const std::size_t count = std::min(room.size(), request - sent);
        inbox.received(count);
        sent += count;
    }
    std::printf("an inbox of %7zu bytes has copied %7zu\n", request, copied);
}

}  // namespace

int main()
{
    const File file;
    read_and_show(file);
    map_and_show("mmap", file, 0);
    map_and_show("mmap, brought ahead", file, MAP_POPULATE);
    for (const std::size_t request : {std::size_t{200}, std::size_t{100'000}, file_bytes})
        show_inbox(request);
}
