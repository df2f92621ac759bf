// COMMAND INFO, COMMAND DOCS and COMMAND LIST of both servers, for every command that ours has.
// A description is flattened to lines "path = value", so that each difference is one line.
// Not compared: summaries, complexities, histories and notes, which are each project's own words.
#include "tests/conformance/grammar.hpp"
#include "tests/conformance/settings.hpp"
#include "tests/support/frame.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/wire_client.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using Lines = std::map<std::string, std::string>;

const std::set<std::string> own_words{"summary", "complexity", "history", "notes", "subcommands"};

// RESP3 tells maps, sets and arrays apart. A set of flags is one line; a set of maps (the key
// specs, which are a set by name only) is read in its order, which decides which keys are found.
void flatten(const Frame& frame, const std::string& path, Lines& lines)
{
    if (frame.type == '%') {
        for (std::size_t i = 0; i + 1 < frame.children.size(); i += 2)
            if (!own_words.contains(frame.children[i].text))
                flatten(frame.children[i + 1], path + '/' + frame.children[i].text, lines);
    } else if (frame.type == '~' && !frame.children.empty() && !frame.children[0].is_aggregate()) {
        std::set<std::string> elements;
        for (const auto& child : frame.children) elements.insert(child.text);
        for (const auto& element : elements) lines[path] += element + ' ';
    } else if (frame.is_aggregate()) {
        for (std::size_t i = 0; i < frame.children.size(); ++i)
            flatten(frame.children[i], path + '/' + std::to_string(i), lines);
    } else {
        lines[path] = description(frame);
    }
}

Lines info_lines(const Frame& reply)
{
    static const std::vector<std::string> names{"name",       "arity",    "flags",
                                                "first key",  "last key", "key step",
                                                "categories", "tips",     "key specs"};
    Lines lines;
    if (reply.children.size() != 1 || reply.children[0].children.size() != names.size() + 1) {
        lines["info"] = description(reply);
        return lines;
    }
    for (std::size_t i = 0; i < names.size(); ++i)
        flatten(reply.children[0].children[i], names[i], lines);
    return lines;
}

std::string difference(const Lines& expected, const Lines& actual)
{
    const auto value = [](const Lines& lines, const std::string& path) {
        const auto found = lines.find(path);
        return found == lines.end() ? std::string("nothing") : found->second;
    };
    std::set<std::string> paths;
    for (const auto* lines : {&expected, &actual})
        for (const auto& line : *lines) paths.insert(line.first);
    std::string text;
    for (const auto& path : paths)
        if (value(expected, path) != value(actual, path))
            text += "  " + path + ": redis " + value(expected, path) + ", ours " +
                    value(actual, path) + '\n';
    return text;
}

class CommandTable : public testing::Test {
protected:
    void SetUp() override
    {
        names_ = fetch_command_names(ours_);
        for (auto* client : {&reference_, &ours_}) client->ask({"HELLO", "3"});
    }

    Frame ask(WireClient& client, const Words& words) { return parse_frame(client.ask(words)); }

    std::set<std::string> listed(WireClient& client, const Words& filter)
    {
        Words words{"COMMAND", "LIST", "FILTERBY"};
        words.insert(words.end(), filter.begin(), filter.end());
        std::set<std::string> names;
        for (const auto& child : ask(client, words).children)
            if (std::binary_search(names_.begin(), names_.end(), child.text))
                names.insert(child.text);
        return names;
    }

    ServerProcess reference_server_{reference_binary(), server_arguments()};
    ServerProcess our_server_{our_binary(), server_arguments()};
    WireClient reference_{reference_server_.port()};
    WireClient ours_{our_server_.port()};
    std::vector<std::string> names_;
};

TEST_F(CommandTable, InfoIsThatOfRedis)
{
    for (const auto& name : names_) {
        const Words question{"COMMAND", "INFO", name};
        const auto text =
            difference(info_lines(ask(reference_, question)), info_lines(ask(ours_, question)));
        EXPECT_TRUE(text.empty()) << name << '\n' << text;
    }
}

TEST_F(CommandTable, DocsAreThoseOfRedis)
{
    for (const auto& name : names_) {
        const Words question{"COMMAND", "DOCS", name};
        Lines expected;
        Lines actual;
        flatten(ask(reference_, question), "", expected);
        flatten(ask(ours_, question), "", actual);
        const auto text = difference(expected, actual);
        EXPECT_TRUE(text.empty()) << name << '\n' << text;
    }
}

// What a client may ask of the data is there by name, all of it. Replication, scripts, the cluster,
// modules, users and files are issues of their own, so their groups are not compared.
TEST_F(CommandTable, HasEveryCommandOfTheGroupsOfData)
{
    const std::set<std::string> groups{
        "string", "list",   "hash",    "set",          "sorted-set", "stream",    "hyperloglog",
        "geo",    "bitmap", "generic", "transactions", "pubsub",     "connection"};
    // MIGRATE hands a key to another server, as a client of that one; the server is nobody's
    // client yet. WAIT counts the replicas that have heard of a write, and there are none.
    const std::set<std::string> missing{"migrate", "wait"};
    std::set<std::string> found;
    const auto names_of = [&](WireClient& client) {
        client.ask({"HELLO", "2"});  // which the grammar is read from
        std::set<std::string> names;
        for (const auto& [name, command] : fetch_grammar(client))
            if (groups.contains(command.group)) {
                names.insert(name);
                found.insert(command.group);
            }
        return names;
    };
    auto expected = names_of(reference_);
    EXPECT_EQ(found, groups);
    for (const auto& name : missing) EXPECT_EQ(expected.erase(name), 1U) << name;
    EXPECT_EQ(names_of(ours_), expected);
}

TEST_F(CommandTable, ContainersListTheirSubcommands)
{
    for (const auto& info : ask(ours_, {"COMMAND"}).children) {
        ASSERT_EQ(info.children.size(), 10U);
        const auto prefix = info.children[0].text + '|';
        std::vector<std::string> expected;
        for (const auto& name : names_)
            if (name.starts_with(prefix)) expected.push_back(name);
        std::vector<std::string> actual;
        for (const auto& subcommand : info.children[9].children)
            actual.push_back(subcommand.children.at(0).text);
        std::sort(actual.begin(), actual.end());
        EXPECT_EQ(actual, expected) << info.children[0].text;
    }
}

TEST_F(CommandTable, CountsWhatItLists)
{
    const auto commands = std::count_if(names_.begin(), names_.end(), [](const auto& name) {
        return name.find('|') == std::string::npos;
    });
    EXPECT_EQ(ask(ours_, {"COMMAND", "COUNT"}).text, std::to_string(commands));
    EXPECT_EQ(ask(ours_, {"COMMAND"}).children.size(), static_cast<std::size_t>(commands));
    EXPECT_EQ(ask(ours_, {"COMMAND", "DOCS"}).children.size() / 2,
              static_cast<std::size_t>(commands));
}

TEST_F(CommandTable, FiltersAsRedisDoes)
{
    const std::vector<Words> filters{
        {"ACLCAT", "read"},      {"ACLCAT", "write"},     {"ACLCAT", "keyspace"},
        {"ACLCAT", "string"},    {"ACLCAT", "bitmap"},    {"aclcat", "CONNECTION"},
        {"ACLCAT", "admin"},     {"ACLCAT", "dangerous"}, {"ACLCAT", "fast"},
        {"ACLCAT", "slow"},      {"ACLCAT", "blocking"},  {"ACLCAT", "nosuch"},
        {"ACLCAT", "scripting"}, {"PATTERN", "*"},        {"PATTERN", "*get*"},
        {"PATTERN", "config|*"}, {"pattern", "X*"},       {"MODULE", "nosuch"}};
    for (const auto& filter : filters)
        EXPECT_EQ(listed(reference_, filter), listed(ours_, filter)) << as_typed(filter);
}

}  // namespace
}  // namespace mini_redis::tests
