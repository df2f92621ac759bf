// All commands of the server, found by name; and what every card must say.
#include "server/dispatch/catalogue.hpp"

#include "server/commands/families.hpp"
#include "server/dispatch/reference.hpp"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::dispatch {
namespace {

using testing::HasSubstr;

class Catalogued : public testing::Test {
protected:
    Catalogued()
    {
        for (const Family* family : commands::families) catalogue.add(*family);
    }

    const Listed* find(std::vector<Word> words) { return catalogue.find(Words(words)); }

    Catalogue catalogue;
};

std::string upper(std::string text)
{
    for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    return text;
}

TEST_F(Catalogued, EveryCommandIsFoundInAnyCase)
{
    for (const Listed* listed : catalogue.commands()) {
        EXPECT_EQ(catalogue.find(listed->name), listed);
        EXPECT_EQ(catalogue.find(upper(listed->name)), listed);
    }
    for (const Listed& listed : catalogue.all()) {
        EXPECT_EQ(catalogue.find_full(listed.name), &listed);
        EXPECT_EQ(catalogue.find_full(upper(listed.name)), &listed);
    }
}

TEST_F(Catalogued, WhatOnlyLooksAlikeIsNotFound)
{
    for (const Word name : {"", "g", "ge", "gett", " get", "get ", "g\0t", "config|get", "GE\x14"})
        EXPECT_EQ(catalogue.find(name), nullptr) << name;
    for (const Listed* listed : catalogue.commands()) {
        std::string name = listed->name;  // the same eight bytes at each end
        if (name.size() > 17) name[name.size() / 2] = '-';
        EXPECT_EQ(catalogue.find(name + name), nullptr);
    }
}

TEST_F(Catalogued, SubcommandsAreResolved)
{
    EXPECT_EQ(find({"Config", "gEt", "x"})->name, "config|get");
    EXPECT_EQ(find({"config"})->name, "config");
    EXPECT_EQ(find({"config", "nosuch"}), nullptr);
    EXPECT_EQ(find({"command"})->name, "command");
    EXPECT_EQ(find({"command", "count"})->name, "command|count");
    EXPECT_EQ(find({"get", "count"})->name, "get");
}

TEST_F(Catalogued, FullNamesAreWhole)
{
    for (const Word name :
         {"config|", "|get", "|", "get|", "get|x", "config|get|x", "config|nosuch"})
        EXPECT_EQ(catalogue.find_full(name), nullptr) << name;
}

TEST_F(Catalogued, NoTwoCommandsShareANameOrAnId)
{
    std::set<std::string> names;
    unsigned id = 0;
    for (const Listed& listed : catalogue.all()) {
        EXPECT_TRUE(names.insert(listed.name).second) << listed.name;
        EXPECT_EQ(listed.id, id++);
    }
}

TEST_F(Catalogued, EveryCardIsFilledIn)
{
    for (const Listed& listed : catalogue.all()) {
        const Spec& spec = listed.spec();
        EXPECT_EQ(spec.name, upper(std::string(spec.name))) << listed.name;
        EXPECT_TRUE(spec.summary.ends_with('.')) << listed.name;
        EXPECT_FALSE(spec.since.empty()) << listed.name;
        EXPECT_TRUE(listed.command->execute || !listed.subcommands.empty()) << listed.name;
        EXPECT_EQ(spec.deprecated_since.empty(), spec.replaced_by.empty()) << listed.name;
        for (const Listed* sub : listed.subcommands)
            EXPECT_EQ(sub->spec().container, spec.name) << sub->name;
    }
}

TEST_F(Catalogued, AKeyHasOneUseAndFitsIntoTheShortestRequest)
{
    for (const Listed& listed : catalogue.all()) {
        const std::vector<Word> shortest(static_cast<std::size_t>(std::abs(listed.command->arity)),
                                         "1");  // which is a number of keys too
        const bool complete =
            each_key(*listed.command, shortest, [](std::size_t, const KeySpec&) {});
        EXPECT_EQ(complete, listed.name != "pfmerge") << listed.name;  // it may have no sources
        for (const KeySpec& spec : listed.command->key_specs) {
            const int uses = spec.uses.has(Use::rw) + spec.uses.has(Use::ro) +
                             spec.uses.has(Use::ow) + spec.uses.has(Use::rm);
            EXPECT_EQ(uses, spec.is_key() ? 1 : 0) << listed.name;
            // (What a reading command may replicate it may also write: PFCOUNT keeps its estimate.)
            if (listed.flags.has(Flag::readonly) && !listed.flags.has(Flag::may_replicate))
                EXPECT_TRUE(spec.uses.has(Use::ro)) << listed.name;
        }
    }
}

TEST_F(Catalogued, AMemberStandsBehindOneKeyAndFitsIntoTheShortestRequest)
{
    unsigned with_member = 0;
    for (const Listed& listed : catalogue.all()) {
        if (listed.spec().member == 0) continue;
        ++with_member;
        EXPECT_TRUE(listed.one_plain_key) << listed.name;
        const int key = listed.command->key_specs[0].first;
        const int words = std::abs(listed.command->arity);
        const int member = listed.spec().member;
        EXPECT_GT(member < 0 ? words + member : member, key) << listed.name;
        EXPECT_LT(member, words) << listed.name;
    }
    EXPECT_GT(with_member, 20U);
}

TEST_F(Catalogued, CategoriesFollowFromFlagsAndFamily)
{
    for (const Listed& listed : catalogue.all()) {
        const Categories categories = listed.categories;
        EXPECT_EQ(categories.has(Category::fast), listed.flags.has(Flag::fast));
        EXPECT_NE(categories.has(Category::fast), categories.has(Category::slow));
        EXPECT_FALSE(listed.flags.has(Flag::write) && listed.flags.has(Flag::readonly));
    }
    EXPECT_TRUE(catalogue.find("get")->categories.has(Category::string));
    // What only holds others is nothing but slow.
    EXPECT_EQ(catalogue.find("config")->categories, Categories(Category::slow));
    EXPECT_EQ(catalogue.find("client")->categories, Categories(Category::slow));
}

TEST_F(Catalogued, TheReferenceHasARowForEachCommandThatRuns)
{
    const std::string page = reference(catalogue);
    EXPECT_THAT(page, HasSubstr("\n## server\n"));
    EXPECT_THAT(page, HasSubstr("\n| `GET key` | 1.0.0 | O(1) | "));
    EXPECT_THAT(page,
                HasSubstr("\n| `CONFIG SET parameter value [parameter value ...]` | 2.0.0 |"));
    EXPECT_THAT(page, HasSubstr("[NOSAVE \\| SAVE]"));
    const auto rows = std::ranges::count_if(
        catalogue.all(), [](const Listed& listed) { return listed.command->execute != nullptr; });
    std::size_t count = 0;
    for (std::size_t at = 0; (at = page.find("\n| `", at)) != page.npos; ++at) ++count;
    EXPECT_EQ(count, static_cast<std::size_t>(rows));
}

}  // namespace
}  // namespace mini_redis::dispatch
