// Arrays inside of arrays: "2.1." is one of two elements, a leaf and an array of one leaf. What
// somebody sends is as deep as he likes, and arrives in pieces.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace {

constexpr std::size_t depth_max = 100;

struct Read {
    // Takes an element off the front; false if the bytes end in the middle of it.
    static bool element(std::string_view& bytes)
    {
        if (bytes.empty()) return false;
        int left = bytes.front() == '.' ? 0 : bytes.front() - '0';
        bytes.remove_prefix(1);
        for (; left != 0; --left)
            if (!element(bytes)) return false;
        return true;
    }
    int replies = 0;       // that are complete
    bool refused = false;  // nested too deep: nothing more is read
};

// Yours:
struct Reader : Read {
    void feed(std::string_view bytes)
    {
        while (element(bytes)) ++replies;
    }
};

// The test:
TEST(InPieces, GoesOnWhereverItWasCut)
{
    const std::string_view bytes = "2.1..13.20..0";
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        Reader reader;
        reader.feed(bytes.substr(0, cut));
        reader.feed(bytes.substr(cut));
        ASSERT_EQ(reader.replies, 4) << "cut after " << cut << " bytes";
        ASSERT_FALSE(reader.refused);
    }
}

TEST(InPieces, SaysNoToWhatIsTooDeep)
{
    Reader honest, bomb;
    honest.feed(std::string(depth_max, '1') + ".");
    EXPECT_EQ(honest.replies, 1);
    EXPECT_FALSE(honest.refused);
    for (int i = 0; i < 10; ++i) bomb.feed(std::string(depth_max, '1'));
    EXPECT_TRUE(bomb.refused) << "as deep as he likes";
}

}  // namespace
