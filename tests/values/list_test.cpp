// A list beside std::deque, in blocks so small that there are always many of them.
#include "server/values/list.hpp"

#include "tests/values/text_of.hpp"

#include <algorithm>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using Texts = std::deque<std::string>;

constexpr List::Limits small_blocks{40, 1000};
constexpr List::Limits two_each{8192, 2};

Texts walked(const List& list, End from = End::head)
{
    Texts all;
    list.walk(from, [&](const Element& element) { all.push_back(text_of(element)); });
    return all;
}

List list_of(const Texts& texts, const List::Limits& limits)
{
    List list;
    for (const std::string& text : texts) list.push(End::tail, text, limits);
    return list;
}

// Blocks are whole, not empty, and no fuller than they may be.
void expect_sound(const List& list, const List::Limits& limits)
{
    std::size_t size = 0;
    for (std::size_t i = 0; i < list.blocks(); ++i) {
        const Listpack& block = list.block(i);
        ASSERT_TRUE(Listpack::valid(block.block()));
        ASSERT_FALSE(block.empty());
        ASSERT_TRUE(block.size() == 1 || block.bytes() <= limits.bytes);
        ASSERT_LE(block.size(), limits.elements);
        size += block.size();
    }
    ASSERT_EQ(list.size(), size);
}

// A list and what it is to be, changed alike.
class Twins {
public:
    Twins(unsigned seed, const List::Limits& limits) : random_(seed), limits_(limits) {}

    void step()
    {
        const std::string text = some_text();
        switch (below(model_.empty() ? 2 : 9)) {
            case 0:
                list_.push(End::head, text, limits_);
                model_.push_front(text);
                break;
            case 1:
                list_.push(End::tail, text, limits_);
                model_.push_back(text);
                break;
            case 2:
                EXPECT_EQ(text_of(list_.peek(End::head)), model_.front());
                list_.pop(End::head);
                model_.pop_front();
                break;
            case 3:
                EXPECT_EQ(text_of(list_.peek(End::tail)), model_.back());
                list_.pop(End::tail);
                model_.pop_back();
                break;
            case 4: {
                const std::size_t at = below(model_.size());
                EXPECT_EQ(text_of(list_.at(at)), model_[at]);
                list_.set(at, text, limits_);
                model_[at] = text;
                break;
            }
            case 5:
                erase_some();
                break;
            case 6:
                erase_equal();
                break;
            default:
                insert(text);
        }
    }

    void compare() const
    {
        expect_sound(list_, limits_);
        ASSERT_THAT(walked(list_), ElementsAreArray(model_));
        const Texts backwards(model_.rbegin(), model_.rend());
        ASSERT_THAT(walked(list_, End::tail), ElementsAreArray(backwards));
        ASSERT_THAT(walked(list_.copy()), ElementsAreArray(model_));
    }

    void hold_and_adopt() { list_ = List::adopt(list_.release()); }

private:
    std::size_t below(std::size_t bound) { return random_() % bound; }
    std::string some_text()
    {
        switch (below(8)) {
            case 0:
                return std::string(below(100), 'x');
            case 1:
                return std::to_string(random_());
            default:
                return std::to_string(below(6));
        }
    }

    void erase_some()
    {
        const std::size_t from = below(model_.size());
        const std::size_t count = below(std::min<std::size_t>(model_.size() - from, 12) + 1);
        list_.erase(from, count);
        const auto first = model_.begin() + static_cast<long>(from);
        model_.erase(first, first + static_cast<long>(count));
    }

    void erase_equal()
    {
        const std::string text = some_text();
        const std::size_t max = below(4) + 1;
        const End from = below(2) == 0 ? End::head : End::tail;
        std::size_t erased = 0;
        if (from == End::tail) std::ranges::reverse(model_);
        for (auto at = model_.begin(); at != model_.end() && erased < max;)
            if (*at == text)
                at = model_.erase(at), ++erased;
            else
                ++at;
        if (from == End::tail) std::ranges::reverse(model_);
        EXPECT_EQ(list_.erase_equal(text, from, max), erased);
    }

    void insert(const std::string& text)
    {
        const std::string pivot = some_text();
        const auto side = below(2) == 0 ? List::Side::before : List::Side::after;
        const auto found = std::ranges::find(model_, pivot);
        const bool there = found != model_.end();
        EXPECT_EQ(list_.insert(side, pivot, text, limits_), there);
        if (there) model_.insert(side == List::Side::before ? found : found + 1, text);
    }

    std::mt19937 random_;
    List::Limits limits_;
    List list_;
    Texts model_;
};

TEST(List, DoesWhatADequeDoes)
{
    for (const auto& limits : {small_blocks, two_each}) {
        for (unsigned seed = 0; seed < 40; ++seed) {
            Twins twins(seed, limits);
            for (int i = 0; i < 300; ++i) {
                twins.step();
                if (i % 10 == 0) twins.compare();
                if (i % 50 == 0) twins.hold_and_adopt();
                if (testing::Test::HasFailure()) FAIL() << "seed " << seed << ", step " << i;
            }
        }
    }
}

TEST(List, IsOneBlockUntilThatIsFull)
{
    List list = list_of({"a", "b"}, two_each);
    EXPECT_TRUE(list.packed());
    list.push(End::head, "c", two_each);
    EXPECT_FALSE(list.packed());
    EXPECT_THAT(walked(list), ElementsAre("c", "a", "b"));
    EXPECT_EQ(list.blocks(), 2U);
}

TEST(List, GivesALargeElementABlockOfItsOwn)
{
    const std::string large(10'000, 'x');
    List list = list_of({"a", large, "b"}, {8192, 1000});
    EXPECT_EQ(list.blocks(), 3U);
    EXPECT_TRUE(list.insert(List::Side::before, "b", large, {8192, 1000}));
    EXPECT_THAT(walked(list), ElementsAre("a", large, large, "b"));
    expect_sound(list, {8192, 1000});
}

TEST(List, FindsElementsFromEitherEnd)
{
    Texts texts;
    for (int i = 0; i < 1000; ++i) texts.push_back("element " + std::to_string(i));
    const List list = list_of(texts, small_blocks);
    for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(text_of(list.at(i)), texts[i]);
    Texts part;
    list.each(990, 10, [&](const Element& element) { part.push_back(text_of(element)); });
    EXPECT_EQ(part, Texts(texts.end() - 10, texts.end()));
}

TEST(List, EndsAWalkWhenTold)
{
    const List list = list_of({"1", "2", "3", "4", "5"}, two_each);
    std::vector<std::string> seen;
    list.walk(End::tail, [&](const Element& element) {
        seen.push_back(text_of(element));
        return seen.size() < 3;
    });
    EXPECT_THAT(seen, ElementsAre("5", "4", "3"));
}

}  // namespace
}  // namespace mini_redis::values
