// The headers that bind a browser, and the files that are served to it.
#include "server/admin/policy.hpp"

#include "server/admin/assets.hpp"

#include <string>

#include <gmock/gmock.h>

namespace mini_redis::admin {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string policy_with(std::string_view nonce)
{
    Response response;
    protect(response, nonce);
    const auto policy = response["Content-Security-Policy"];
    return {policy.data(), policy.size()};
}

TEST(Policy, AllowsNothingFromElsewhereAndNothingInline)
{
    EXPECT_THAT(policy_with({}),
                HasSubstr("default-src 'none'; script-src 'self'; style-src 'self';"));
    EXPECT_THAT(policy_with("abc"), HasSubstr("style-src 'self' 'nonce-abc';"));
    EXPECT_THAT(policy_with("abc"), Not(HasSubstr("unsafe")));
}

TEST(Policy, NoNonceComesTwice)
{
    EXPECT_NE(make_nonce(), make_nonce());
    EXPECT_GE(make_nonce().size(), 32U);
}

TEST(Assets, AreThePageAndItsFilesAndNoOthers)
{
    const auto page = asset_at("/");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->type, "text/html; charset=utf-8");
    EXPECT_TRUE(page->bytes.find("<!doctype html>") == 0);
    EXPECT_EQ(asset_at("/index.html")->bytes, page->bytes);
    for (const char* path : {"", "//", "/console.js/", "/../console.js", "/book", "/book//",
                             "/book/../index.html", "/book/none.html", "/book/source"})
        EXPECT_FALSE(asset_at(path)) << path;
}

TEST(Assets, OfTheBookAreZipped)
{
    const auto page = asset_at("/book/");
    if (!page) GTEST_SKIP() << "this build has no book";
    EXPECT_EQ(page->type, "text/html; charset=utf-8");
    EXPECT_TRUE(page->zipped);
    EXPECT_TRUE(page->bytes.starts_with("\x1f\x8b"));
    EXPECT_TRUE(asset_at("/book/source/server/net/connection.cpp.html"));
    EXPECT_TRUE(asset_at("/book/source/"));
}

}  // namespace
}  // namespace mini_redis::admin
