// Whom the observers' port refuses.
#include "server/admin/gate.hpp"

#include <initializer_list>
#include <string>
#include <utility>

#include <gmock/gmock.h>

namespace mini_redis::admin {
namespace {

using Headers = std::initializer_list<std::pair<const char*, const char*>>;

Request request_with(Headers headers, http::verb verb = http::verb::get)
{
    Request request(verb, "/metrics", 11);
    for (const auto& [name, value] : headers) request.insert(name, value);
    return request;
}

// The status it is refused with; 200 if it is not.
unsigned status(const Request& request, const Rules& rules = {}, bool is_public = false)
{
    const auto refusal = refuse(request, rules, "127.0.0.1", is_public);
    return refusal ? static_cast<unsigned>(refusal->status) : 200U;
}

TEST(Gate, LetsInWhoNamesTheServer)
{
    for (const char* host :
         {"localhost", "localhost:8080", "LocalHost:80", "127.0.0.1", "127.0.0.1:9121"})
        EXPECT_EQ(status(request_with({{"Host", host}})), 200U) << host;
    EXPECT_EQ(status(request_with({{"Host", "redis.example:80"}}), {{"redis.example"}, ""}), 200U);
    EXPECT_FALSE(refuse(request_with({{"Host", "[::1]:80"}}), {}, "::1", false));
}

TEST(Gate, RefusesWhoNamesAnother)
{
    for (const char* host : {"", "evil.example", "evil.example:9121", "127.0.0.2", "[::1]", "[::1",
                             "localhost.evil.example", "127.0.0.1.evil.example"})
        EXPECT_EQ(status(request_with({{"Host", host}})), 403U) << host;
    EXPECT_EQ(status(request_with({})), 403U);
    EXPECT_EQ(status(request_with({{"Host", "localhost"}, {"Host", "localhost"}})), 403U);
}

TEST(Gate, RefusesThePagesOfOtherSites)
{
    for (const char* origin : {"http://evil.example", "null", "", "http://localhost:81",
                               "http://localhost:80.evil.example", "file://"})
        EXPECT_EQ(status(request_with({{"Host", "localhost:80"}, {"Origin", origin}})), 403U)
            << origin;
    for (const char* site : {"cross-site", "same-site"})
        EXPECT_EQ(status(request_with({{"Host", "localhost"}, {"Sec-Fetch-Site", site}})), 403U);
    EXPECT_EQ(status(request_with({{"Host", "localhost:80"},
                                   {"Origin", "http://localhost:80"},
                                   {"Origin", "http://localhost:80"}})),
              403U);
}

TEST(Gate, LetsInItsOwnPages)
{
    for (const char* origin : {"http://localhost:80", "https://localhost:80"})
        EXPECT_EQ(status(request_with({{"Host", "localhost:80"}, {"Origin", origin}})), 200U);
    for (const char* site : {"same-origin", "none"})
        EXPECT_EQ(status(request_with({{"Host", "localhost"}, {"Sec-Fetch-Site", site}})), 200U);
}

TEST(Gate, RefusesWhatWouldChangeSomething)
{
    for (const http::verb verb : {http::verb::post, http::verb::put, http::verb::delete_,
                                  http::verb::options, http::verb::trace, http::verb::connect})
        EXPECT_EQ(status(request_with({{"Host", "localhost"}}, verb)), 405U);
    EXPECT_EQ(status(request_with({{"Host", "localhost"}}, http::verb::head)), 200U);
}

TEST(Gate, AsksForTheToken)
{
    const Rules rules{{}, "sesame"};
    EXPECT_EQ(status(request_with({{"Host", "localhost"}}), rules), 401U);
    for (const char* wrong :
         {"Bearer ", "Bearer sesam", "Bearer sesame1", "Bearer Sesame", "sesame", "Basic sesame"})
        EXPECT_EQ(status(request_with({{"Host", "localhost"}, {"Authorization", wrong}}), rules),
                  401U)
            << wrong;
    EXPECT_EQ(
        status(request_with({{"Host", "localhost"}, {"Authorization", "Bearer sesame"}}), rules),
        200U);
    EXPECT_EQ(status(request_with({{"Host", "localhost"}}), rules, true), 200U);
    EXPECT_EQ(status(request_with({{"Host", "evil.example"}}), rules, true), 403U);
}

}  // namespace
}  // namespace mini_redis::admin
