// Scans are driven to their end whatever the server says; 10,000 calls are an endless scan.
#include "tests/support/asking.hpp"

#include "tests/support/frame.hpp"

#include <set>

namespace mini_redis::tests {
namespace {

std::string ask(Client& client, const Words& words)
{
    client.send(words);
    return receive_or_loss(client);
}

// SCAN and SSCAN give elements; HSCAN and ZSCAN give pairs.
std::size_t group_size(const Words& words)
{
    const auto command = lowered(words[0]);
    return command == "scan" || command == "sscan" ? 1 : 2;
}

std::string iterate(Client& client, Words words)
{
    std::set<std::string> elements;
    auto& cursor = words[cursor_position(words)];
    const auto size = group_size(words);
    for (int calls = 0; calls < 10'000; ++calls) {
        auto reply = ask(client, words);
        const auto frame = parse_frame(reply);
        if (frame.children.size() != 2) return reply;
        const auto& page = frame.children[1].children;
        for (std::size_t i = 0; i + size <= page.size(); i += size)
            elements.insert(page[i].text + (size == 2 ? '=' + page[i + 1].text : ""));
        cursor = frame.children[0].text;
        if (cursor == "0") return encoded({elements.begin(), elements.end()});
    }
    return "-ITERATION does not end\r\n";
}

std::string existing_key(Client& client, const Words& words)
{
    auto reply = ask(client, words);
    const auto frame = parse_frame(reply);
    if (frame.type != '$' || frame.null) return reply;
    const bool exists = ask(client, {"EXISTS", frame.text}) == ":1\r\n";
    return exists ? "+a key that exists\r\n" : "+a key that does not exist\r\n";
}

}  // namespace

std::string receive_or_loss(Client& client)
{
    try {
        return client.receive();
    } catch (const std::exception& reason) {
        return "-CONNECTION " + std::string(reason.what()) + "\r\n";
    }
}

std::string ask(Client& client, Rule rule, const Words& words)
{
    if (rule == Rule::iteration) return iterate(client, words);
    if (rule == Rule::existing_key) return existing_key(client, words);
    return ask(client, words);
}

std::size_t cursor_position(const Words& words)
{
    return lowered(words[0]) == "scan" ? 1 : 2;
}

}  // namespace mini_redis::tests
