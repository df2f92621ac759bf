// A session that answers PING, a line at a time, and the same lines in every way to cut them.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace {

std::string reply_to(std::string_view line)
{
    return line == "PING" ? "PONG " : "ERR ";
}

// Yours:
struct Session {
    std::string hear(std::string_view piece)
    {
        return reply_to(piece.substr(0, piece.find("\r\n")));
    }
};

// The test:
TEST(EveryCut, MakesNoDifference)
{
    const std::string_view all = "PING\r\nA PING\r\n";
    // A bit for each place between two bytes: whether it is cut there.
    for (std::uint32_t cuts = 1U << (all.size() - 1); cuts-- > 0;) {
        Session session;
        std::string replies, pieces, piece;
        for (std::size_t i = 0; i < all.size(); ++i) {
            piece += all[i];
            if (i + 1 < all.size() && (cuts >> i & 1) == 0) continue;
            replies += session.hear(piece);
            pieces += "'" + piece + "' ";
            piece.clear();
            const char* const due = i < 5 ? "" : i + 1 < all.size() ? "PONG " : "PONG ERR ";
            ASSERT_EQ(replies, due) << "when it comes as " << pieces;
        }
    }
}

}  // namespace
