// The file of typed lines, and where it lies.
#include "client/cli/history.hpp"

#include "client/cli/preferences.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace cli;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class HistoryOfLines : public testing::Test {
protected:
    HistoryOfLines()
    {
        std::string name = testing::TempDir() + "/historyXXXXXX";
        folder_ = ::mkdtemp(name.data());
        path_ = folder_ + "/history";
    }
    ~HistoryOfLines() override { std::filesystem::remove_all(folder_); }

    std::size_t lines_in_file() const
    {
        std::ifstream file(path_);
        std::size_t count = 0;
        for (std::string line; std::getline(file, line);) ++count;
        return count;
    }

    std::string folder_;
    std::string path_;
};

TEST_F(HistoryOfLines, IsAppendedToAndPrivate)
{
    EXPECT_THAT(HistoryFile(path_).load(), IsEmpty());
    HistoryFile(path_).add("one");
    HistoryFile(path_).add("two");
    EXPECT_THAT(HistoryFile(path_).load(), ElementsAre("one", "two"));
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(path_).permissions(), perms::owner_read | perms::owner_write);
}

TEST_F(HistoryOfLines, IsCutWhenItHasGrownFarBeyondItsBound)
{
    const HistoryFile history(path_);
    for (std::size_t i = 0; i < 2 * HistoryFile::lines_max; ++i) history.add(std::to_string(i));
    EXPECT_EQ(history.load().size(), HistoryFile::lines_max);
    EXPECT_EQ(lines_in_file(), 2 * HistoryFile::lines_max);
    history.add("last");
    EXPECT_EQ(history.load().back(), "last");
    EXPECT_EQ(lines_in_file(), HistoryFile::lines_max);
}

TEST_F(HistoryOfLines, WithoutAFileIsSilent)
{
    HistoryFile(std::nullopt).add("line");
    EXPECT_THAT(HistoryFile(std::nullopt).load(), IsEmpty());
    HistoryFile(folder_ + "/no/such/folder").add("line");
}

TEST_F(HistoryOfLines, LiesWhereTheEnvironmentSays)
{
    ::setenv("HOME", "/home/me", 1);
    ::unsetenv("DOT_FILE_TEST");
    EXPECT_EQ(dot_file("DOT_FILE_TEST", ".name"), "/home/me/.name");
    ::setenv("DOT_FILE_TEST", "/elsewhere", 1);
    EXPECT_EQ(dot_file("DOT_FILE_TEST", ".name"), "/elsewhere");
    ::setenv("DOT_FILE_TEST", "/dev/null", 1);
    EXPECT_EQ(dot_file("DOT_FILE_TEST", ".name"), std::nullopt);
}

TEST(Preferences, AreSetByWords)
{
    Preferences preferences;
    EXPECT_EQ(preferences.set({":SET", "nohints"}), "");
    EXPECT_FALSE(preferences.hints);
    EXPECT_EQ(preferences.set({":set", "hints"}), "");
    EXPECT_TRUE(preferences.hints);
    EXPECT_THAT(preferences.set({":set", "fire"}), HasSubstr("preference 'fire'"));
    EXPECT_THAT(preferences.set({":set"}), HasSubstr("command ':set'"));
    EXPECT_THAT(preferences.set({":get", "hints"}), HasSubstr("command ':get'"));
}

}  // namespace
}  // namespace mini_redis::tests
