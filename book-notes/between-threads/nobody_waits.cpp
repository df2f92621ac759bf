// A thread asks another one, and gives up before the answer comes. Where does the answer go?
//
// Both threads are loops that are stepped by hand, so that the order is always the same.
#include "server/runtime/asio.hpp"

#include <array>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace {

namespace asio = mini_redis::runtime::asio;

struct Threads {
    asio::io_context home;
    asio::io_context there;

    // One question is answered over there, and one answer arrives at home.
    void one_answer()
    {
        there.restart();
        home.restart();
        there.run_one();
        home.run_one();
    }
    void ask(const std::string& question, std::function<void(std::string)> answer)
    {
        asio::post(there, [this, question, answer = std::move(answer)] {
            asio::post(home, [answer, text = "answer to " + question] { answer(text); });
        });
    }
};

// Who asks and waits has room for the answer: a place of these, as a coroutine has its frame. Who
// gives up leaves its place to whoever comes next, as memory is.
struct Room {
    std::array<std::string, 2> places;
    std::array<bool, 2> taken{};

    std::size_t enter()
    {
        const std::size_t place = taken[0] ? 1 : 0;
        taken[place] = true;
        places[place] = "nothing";
        return place;
    }
    void leave(std::size_t place) { taken[place] = false; }
};

// The answer is written where the question came from.
std::string by_address()
{
    Threads threads;
    Room room;
    const auto ask = [&](const char* question) {
        std::string* const place = &room.places[room.enter()];
        threads.ask(question, [place](std::string text) { *place = std::move(text); });
        return place;
    };
    ask("one");
    room.leave(0);  // it was cancelled
    const std::string* const second = ask("two");
    threads.one_answer();
    std::string seen = *second;
    threads.one_answer();
    return seen + ", then " + *second;
}

// The place belongs to both, and lives as long as either of them.
std::string by_shared_place()
{
    Threads threads;
    const auto ask = [&](const char* question) {
        auto place = std::make_shared<std::string>("nothing");
        threads.ask(question, [place](std::string text) { *place = std::move(text); });
        return place;
    };
    ask("one");  // cancelled: nobody keeps the place but the answer
    const auto second = ask("two");
    threads.one_answer();
    std::string seen = *second;
    threads.one_answer();
    return seen + ", then " + *second;
}

// Book: between-threads/an-answer-nobody-waits-for. The answer brings a number, and no address.
std::string by_number()
{
    Threads threads;
    std::map<int, std::string> waiting;
    int last = 0;
    const auto ask = [&](const char* question) {
        waiting[++last] = "nothing";
        threads.ask(question, [&waiting, number = last](std::string text) {
            const auto found = waiting.find(number);
            if (found != waiting.end()) found->second = std::move(text);
        });
        return last;
    };
    waiting.erase(ask("one"));  // cancelled
    const int second = ask("two");
    threads.one_answer();
    std::string seen = waiting[second];
    threads.one_answer();
    return seen + ", then " + waiting[second];
}

}  // namespace

int main()
{
    std::printf("who asked for two has, by address  %s\n", by_address().c_str());
    std::printf("                by a shared place  %s\n", by_shared_place().c_str());
    std::printf("                by number          %s\n", by_number().c_str());
}
