// The inbox grows as the bytes arrive, and each time somebody looks for the end of the first line.
// No byte is looked at twice.
#include <cstddef>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace {

class Inbox {
public:
    void receive(char byte) { bytes_ += byte; }
    std::size_t size() const { return bytes_.size(); }
    char at(std::size_t place)
    {
        ++looks;
        return bytes_[place];
    }
    void consume(std::size_t count) { bytes_.erase(0, count); }

    std::size_t looks = 0;

private:
    std::string bytes_;
};

constexpr std::size_t none = std::string::npos;

// Yours:
struct Lines {
    // Where "\r\n" begins, or none. What is in front of it, and itself, will be consumed.
    std::size_t find_end(Inbox& inbox)
    {
        for (std::size_t i = 0; i + 1 < inbox.size(); ++i)
            if (inbox.at(i) == '\r' && inbox.at(i + 1) == '\n') return i;
        return none;
    }
};

// The test:
TEST(NeverTwice, IsAByteLookedAt)
{
    const std::string first(1000, 'x');
    const std::string second = "a\rb";
    const std::string third = "";
    Inbox inbox;
    Lines lines;
    std::string lengths;
    for (const char byte : first + "\r\n" + second + "\r\n" + third + "\r\n" + first) {
        inbox.receive(byte);
        const std::size_t end = lines.find_end(inbox);
        if (end == none) continue;
        inbox.consume(end + 2);
        lengths += std::to_string(end) + ' ';
    }
    EXPECT_EQ(lengths, "1000 3 0 ");
    EXPECT_LE(inbox.looks, 2'020) << "looks at 2,009 bytes";
}

TEST(NeverTwice, NorIsOneOverlooked)
{
    Inbox inbox;
    Lines lines;
    for (const char byte : std::string("ab\r")) inbox.receive(byte);
    EXPECT_EQ(lines.find_end(inbox), none);
    inbox.receive('\n');
    inbox.receive('c');
    EXPECT_EQ(lines.find_end(inbox), 2);
}

}  // namespace
