// The channel knows who listens, and the client knows to what. Memory runs out at any request for
// it, and then a message is published.
#include <algorithm>
#include <cstddef>
#include <memory_resource>
#include <new>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

struct Memory : std::pmr::memory_resource {
    void* do_allocate(std::size_t bytes, std::size_t alignment) override
    {
        if (left == 0) throw std::bad_alloc();
        --left;
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* at, std::size_t bytes, std::size_t alignment) override
    {
        std::pmr::new_delete_resource()->deallocate(at, bytes, alignment);
    }
    bool do_is_equal(const memory_resource& other) const noexcept override
    {
        return this == &other;
    }
    int left = 1000;  // so many requests are granted
};

using Names = std::pmr::set<std::pmr::string>;

struct Channel {
    std::pmr::string name;
    std::pmr::vector<int> listeners;
};
struct Client {
    int number;
    Names channels;
};

// Yours:
void subscribe(Client& client, Channel& channel)
{
    channel.listeners.push_back(client.number);
    client.channels.insert(channel.name);
}

// The test:
TEST(BothOrNeither, KnowOfTheOtherWhateverFails)
{
    for (int granted = 0; granted < 10; ++granted) {
        Memory memory;
        Channel channel{{"a name too long to lie in the string itself", &memory},
                        std::pmr::vector<int>(&memory)};
        Client one{1, Names(&memory)}, two{2, Names(&memory)};
        subscribe(one, channel);
        memory.left = granted;
        bool told = true;
        try {
            subscribe(two, channel);
        } catch (const std::bad_alloc&) {
            told = false;
        }
        const auto heard = std::ranges::count(channel.listeners, two.number);
        EXPECT_EQ(heard, told ? 1 : 0) << "heard by one who was refused, granted " << granted;
        EXPECT_EQ(two.channels.size(), told ? 1 : 0) << "what it believes, granted " << granted;
        EXPECT_EQ(channel.listeners.size(), heard == 0 ? 1 : 2);
        EXPECT_TRUE(told || granted < 9) << "there was memory enough";
    }
}

}  // namespace
