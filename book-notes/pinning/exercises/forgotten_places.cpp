// A queue runs through the places of those who wait. In what may the places be kept?
#include <deque>
#include <list>
#include <string>
#include <vector>

#include <boost/intrusive/list.hpp>
#include <gtest/gtest.h>

namespace {

using Hook =
    boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

struct Place : Hook {
    explicit Place(char client) : who(client) {}
    char who;
};

template <class Places>
class Waiting {
public:
    void enter(char who) { queue_.push_back(places_.emplace_back(who)); }
    void enter_in_front(char who) { queue_.push_front(places_.emplace_back(who)); }
    void leave(char who)
    {
        std::erase_if(places_, [who](const Place& place) { return place.who == who; });
    }
    std::string in_order() const
    {
        std::string all;
        for (const Place& place : queue_) all += place.who;
        return all;
    }

private:
    Places places_;
    boost::intrusive::list<Place, boost::intrusive::constant_time_size<false>> queue_;
};

// Yours:
using Places = std::vector<Place>;

// The test:
TEST(ForgottenPlaces, WhoHasComeIsInTheQueue)
{
    Waiting<Places> waiting;
    for (const char who : {'a', 'b', 'c'}) waiting.enter(who);
    EXPECT_EQ(waiting.in_order(), "abc") << "somebody waits, and the queue does not know";
}

TEST(ForgottenPlaces, WhoLeavesTakesNobodyAlong)
{
    Waiting<Places> waiting;
    for (const char who : {'a', 'b'}) waiting.enter(who);
    waiting.enter_in_front('c');
    waiting.leave('a');
    EXPECT_EQ(waiting.in_order(), "cb");
}

}  // namespace
