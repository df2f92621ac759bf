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
    for (const char* path : {"", "/index.html", "//", "/console.js/", "/../console.js"})
        EXPECT_FALSE(asset_at(path)) << path;
}

}  // namespace
}  // namespace mini_redis::admin
