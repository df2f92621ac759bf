// A tree that somebody else has made as deep as he liked has to go.
#include <algorithm>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace {

// Counts how many destructors are at work inside of each other.
struct Depth {
    static inline int now = 0, most = 0;
    ~Depth() { --now; }
};

struct Node {
    Node() = default;
    Node(Node&&) = default;
    Node& operator=(Node&&) = default;
    ~Node() { Depth::most = std::max(Depth::most, ++Depth::now); }

    Depth depth{};  // goes last
    std::vector<Node> children{};
};

// Yours:
void take_apart(Node) {}

// The test:
Node chain(int length)
{
    Node top;
    for (; length != 0; --length) {
        Node above;
        above.children.push_back(std::move(top));
        top = std::move(above);
    }
    return top;
}

int depth_of_taking_apart(Node whole)
{
    Depth::most = 0;
    {
        Node tree = std::move(whole);
        take_apart(std::move(tree));
    }
    return Depth::most;
}

TEST(TakenApart, NoDestructorRunsInsideOfManyOthers)
{
    EXPECT_LE(depth_of_taking_apart(chain(1'000)), 5) << "a call on the stack for each level";
}

TEST(TakenApart, NorWhereTheDepthIsInALaterChild)
{
    Node tree;
    for (int i = 0; i < 3; ++i) tree.children.push_back(chain(1'000));
    EXPECT_LE(depth_of_taking_apart(std::move(tree)), 5) << "it was not the first child";
}

}  // namespace
