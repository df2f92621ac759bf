// Verbs become calls of the wire client; braces become what only the running server knows.
#include "tests/conformance/stage.hpp"

#include "tests/support/asking.hpp"
#include "tests/support/frame.hpp"
#include "tests/support/patience.hpp"

#include <stdexcept>

namespace mini_redis::tests {
namespace {

// RESP3 says "txt:" before verbatim text.
std::string client_info(WireClient& client)
{
    const auto frame = parse_frame(client.ask({"CLIENT", "INFO"}));
    return frame.type == '=' ? frame.text.substr(4) : frame.text;
}

// Whether so many clients come to be blocked.
bool until_blocked(WireClient& client, const std::string& count)
{
    return eventually([&] {
        const std::string info = client.ask({"INFO", "clients"});
        return info.find("\r\nblocked_clients:" + count + "\r\n") != std::string::npos;
    });
}

}  // namespace

Stage::Stage(const std::string& binary, const Words& arguments, int dialect)
    : server_(binary, arguments), dialect_(dialect)
{
}

WireClient& Stage::connection(const std::string& name)
{
    auto& client = connections_[name];
    if (client == nullptr) {
        client = std::make_unique<WireClient>(server_.port(), std::chrono::seconds(3));
        if (dialect_ == 3) client->ask({"HELLO", "3"});
    }
    return *client;
}

std::string Stage::perform(const Line& line)
{
    Words words;
    for (const auto& word : line.words) words.push_back(filled(word));
    auto reply = answer(connection(line.connection), line, words);
    if (reply.starts_with("-CONNECTION") || line.verb == Verb::closed || line.verb == Verb::hang_up)
        connections_.erase(line.connection);
    return reply;
}

std::string Stage::answer(WireClient& client, const Line& line, const Words& words)
{
    switch (line.verb) {
        case Verb::command:
            return ask(client, line.rule, words);
        case Verb::read:
            return receive_or_loss(client);
        case Verb::blocked:
            return until_blocked(client, words.at(0)) ? "+blocked\r\n" : "+not blocked\r\n";
        case Verb::closed:
            return client.closed_by_server() ? "+closed\r\n" : "+not closed\r\n";
        case Verb::hang_up:
            return "+hung up\r\n";
        case Verb::send:
            client.send(words);
            break;
        case Verb::raw:
            client.send_raw(words.at(0));
            return receive_or_loss(client);
        case Verb::push:
            client.send_raw(words.at(0));
            break;
    }
    client.flush();
    return "+sent\r\n";
}

std::string Stage::filled(std::string word)
{
    for (auto begin = word.find('{'); begin != std::string::npos; begin = word.find('{', begin)) {
        const auto end = word.find('}', begin);
        if (end == std::string::npos) break;
        const auto text = filling(word.substr(begin + 1, end - begin - 1));
        word.replace(begin, end + 1 - begin, text);
        begin += text.size();
    }
    return word;
}

std::string Stage::filling(const std::string& what)
{
    const auto colon = what.find(':');
    if (colon == std::string::npos) return '{' + what + '}';
    const auto field = what.substr(0, colon);
    const auto argument = what.substr(colon + 1);
    std::string text;
    if (field == "repeat") {
        const auto pattern = argument.substr(argument.find(':') + 1);
        for (auto times = std::stoul(argument); times > 0; --times) text += pattern;
        return text;
    }
    const auto info = ' ' + client_info(connection(argument)) + ' ';
    const auto begin = info.find(' ' + field + '=');
    if (begin == std::string::npos) throw std::runtime_error("nothing known as {" + what + '}');
    const auto value = begin + field.size() + 2;
    return info.substr(value, info.find(' ', value) - value);
}

}  // namespace mini_redis::tests
