// The cursor is the server's: it is handed back as it came.
#include "client/cli/key_walk.hpp"

#include <utility>

namespace mini_redis::cli {
namespace {

using Kind = protocol::Value::Kind;

}  // namespace

std::optional<std::vector<std::string>> KeyWalk::step()
{
    Words words{"SCAN", cursor_};
    if (options_.pattern) words.insert(words.end(), {"MATCH", *options_.pattern});
    if (options_.count) words.insert(words.end(), {"COUNT", std::to_string(*options_.count)});

    const auto complained = [](const std::string& text) {
        complain(text);
        return std::nullopt;
    };
    auto reply = session_.ask(words);
    if (!reply) return std::nullopt;
    if (reply->is_error()) return complained("SCAN error: " + reply->text + '\n');
    if (reply->kind != Kind::array) return complained("Non ARRAY response from SCAN!\n");
    if (reply->children.size() != 2) return complained("Invalid element count from SCAN!\n");

    begun_ = true;
    cursor_ = std::move(reply->children[0].text);
    std::vector<std::string> keys;
    for (auto& key : reply->children[1].children) keys.push_back(std::move(key.text));
    return keys;
}

}  // namespace mini_redis::cli
