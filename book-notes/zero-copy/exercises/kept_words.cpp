// A request is kept: all its words in one piece of memory, and views of them. Then it is moved.
#include <cstddef>
#include <iterator>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace {

using Words = std::vector<std::string_view>;

template <class Text>
struct Kept {
    explicit Kept(const Words& from)
    {
        for (const auto word : from) text.insert(text.end(), word.begin(), word.end());
        const char* at = text.data();
        for (const auto word : from) {
            words.emplace_back(at, word.size());
            at += word.size();
        }
    }

    Text text;
    Words words;
};

// Yours:
using Text = std::string;

// The test:
TEST(KeptWords, AreThoseOfTheirRequest)
{
    const std::vector<Words> requests{
        {"SET", "key", "a value of more than fifteen letters"}, {"GET", "key"}, {"DEL", "key"}};
    std::list<Kept<Text>> arrived(requests.begin(), requests.end());
    const std::list<Kept<Text>> queue(std::move_iterator(arrived.begin()),
                                      std::move_iterator(arrived.end()));
    std::size_t at = 0;
    // Views may be left behind in strings that were moved from. Those are in `arrived`, and alive.
    for (const auto& kept : queue)
        EXPECT_EQ(kept.words, requests[at++]) << "these are not the words that were kept";
}

}  // namespace
