// The sessions written by hand, sessions/*.resp, each on two fresh servers and in both dialects.
// A difference does not end a session: every line that differs is reported.
#include "tests/conformance/match.hpp"
#include "tests/conformance/scope.hpp"
#include "tests/conformance/script.hpp"
#include "tests/conformance/settings.hpp"
#include "tests/conformance/stage.hpp"
#include "tests/support/frame.hpp"

#include <algorithm>
#include <iostream>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

std::vector<std::filesystem::path> session_files()
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(SESSIONS_FOLDER))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

bool agreed(const Line& line, const std::string& expected, const std::string& actual)
{
    try {
        return agree(line.rule, expected, actual);
    } catch (const std::exception&) {
        return false;
    }
}

// A file, and the dialect that its connections begin with.
using Variant = std::tuple<std::filesystem::path, int>;

class WrittenSession : public testing::TestWithParam<Variant> {};

std::string missing(const Script& script, Stage& ours)
{
    auto client = ours.fresh_connection();
    const auto names = fetch_command_names(client);
    for (const auto& name : script.needs)
        if (!std::binary_search(names.begin(), names.end(), name)) return name;
    return {};
}

TEST_P(WrittenSession, GetsTheSameReplies)
{
    const auto& [file, dialect] = GetParam();
    const auto script = read_script(file);
    auto arguments = server_arguments();
    arguments.insert(arguments.end(), script.server_arguments.begin(),
                     script.server_arguments.end());
    Stage reference(reference_binary(), arguments, dialect);
    Stage ours(our_binary(), arguments, dialect);
    if (const auto name = missing(script, ours); !name.empty())
        GTEST_SKIP() << "our server has no " << name << " yet";
    for (const auto& line : script.lines) {
        const auto expected = reference.perform(line);
        const auto actual = ours.perform(line);
        if (transcript_wanted())
            std::cout << line.number << ": " << line.text << "\n    " << shown(expected) << '\n';
        EXPECT_NE(expected, "-CONNECTION no reply in time\r\n") << "the script waits in vain";
        if (!agreed(line, expected, actual))
            ADD_FAILURE() << file.filename().string() << ':' << line.number << ": " << line.text
                          << "\n  redis: " << shown(expected) << "\n  ours:  " << shown(actual);
    }
}

std::string variant_name(const testing::TestParamInfo<Variant>& info)
{
    return std::get<0>(info.param).stem().string() + "_resp" +
           std::to_string(std::get<1>(info.param));
}

INSTANTIATE_TEST_SUITE_P(Family, WrittenSession,
                         testing::Combine(testing::ValuesIn(session_files()),
                                          testing::Values(2, 3)),
                         variant_name);

// What random sessions leave out must stand in a written one.
TEST(WrittenSessions, CoverWhatRandomSessionsLeaveOut)
{
    std::set<std::string> written;
    for (const auto& file : session_files())
        for (const auto& line : read_script(file).lines) {
            if (line.words.empty()) continue;
            written.insert(lowered(line.words[0]));
            if (line.words.size() > 1)
                written.insert(lowered(line.words[0]) + '|' + lowered(line.words[1]));
        }
    ServerProcess ours(our_binary(), server_arguments());
    std::string forgotten;
    for (const auto& name : fetch_command_names(*connect_wire(ours)))
        if (scope_of(name).weight == 0 && !written.contains(name)) forgotten += name + ' ';
    EXPECT_EQ(forgotten, "");
}

}  // namespace
}  // namespace mini_redis::tests
