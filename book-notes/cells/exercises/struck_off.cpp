// Ann, Bob and Cid are told something. Who is told may strike off anybody, also himself.
#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using Names = std::vector<std::string>;
using Strike = std::function<void(const std::string& name)>;
// Tells one of them; in this call he strikes off whom he likes.
using Tell = std::function<void(const std::string& name, const Strike& strike)>;

// Yours:
void tell_all(Names& names, const Tell& tell)
{
    const Strike strike = [&names](const std::string& name) { std::erase(names, name); };
    for (std::size_t i = 0; i < names.size(); ++i) tell(std::string(names[i]), strike);
}

// The test:

// Who was told and who is left when `who`, told, strikes off `whom`.
std::string when(const std::string& who, const std::string& whom)
{
    Names names{"Ann", "Bob", "Cid"};
    std::string outcome = "told:";
    tell_all(names, [&](const std::string& name, const Strike& strike) {
        outcome += ' ' + name;
        if (name == who) strike(whom);
    });
    outcome += ", left:";
    for (const std::string& name : names) outcome += ' ' + name;
    return outcome;
}

TEST(StruckOff, WhoLeavesTakesNobodysTurn)
{
    EXPECT_EQ(when("Ann", "Ann"), "told: Ann Bob Cid, left: Bob Cid") << "Bob was not told";
    EXPECT_EQ(when("Cid", "Ann"), "told: Ann Bob Cid, left: Bob Cid");
}

TEST(StruckOff, WhoWasSentAwayIsNotTold)
{
    EXPECT_EQ(when("Ann", "Bob"), "told: Ann Cid, left: Ann Cid") << "Bob had gone";
}

}  // namespace
