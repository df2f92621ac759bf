// An answer knows the address of a place, and finds there who asked, or who came after him.
#include "server/runtime/asio.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace {

namespace asio = mini_redis::runtime::asio;

// Two threads, stepped by hand.
struct Threads {
    asio::io_context home, there;

    template <class Answer>
    void ask(std::string question, Answer answer)
    {
        asio::post(there, [this, question, answer] {
            asio::post(home, [answer, text = "answer to " + question] { answer(text); });
        });
    }
    void answer_one()
    {
        there.run_one();
        home.restart();
        home.run_one();
    }
};

struct Place {
    void enter()
    {
        text = "nothing";
        taken = true;
        ++entered;
    }

    std::string text;
    bool taken = false;
    int entered = 0;
};

// Yours:
void ask(Threads& threads, Place& place, const std::string& question)
{
    threads.ask(question, [&place](const std::string& answer) { place.text = answer; });
}

// The test:
struct Room {
    Place& ask(const std::string& question)
    {
        Place& place = places[places[0].taken ? 1 : 0];
        place.enter();
        ::ask(threads, place, question);
        return place;
    }

    Threads threads;
    std::array<Place, 2> places;
};

TEST(WhosePlace, IsWhoseAnswer)
{
    Room room;
    room.ask("one").taken = false;  // was cancelled
    Place& two = room.ask("two");
    const Place& three = room.ask("three");
    two.taken = false;  // was cancelled, too
    const Place& four = room.ask("four");
    const std::array<std::string, 4> then{"nothing", "nothing", "nothing", "answer to four"};
    for (const std::string& expected : then) {
        room.threads.answer_one();
        EXPECT_EQ(four.text, expected) << "who asked for four has the " << four.text;
    }
    EXPECT_EQ(three.text, "answer to three");
}

}  // namespace
