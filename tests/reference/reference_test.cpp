// The generated pages are what the code says today.
#include "tests/reference/pages.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

TEST(Reference, PagesAreUpToDate)
{
    for (const auto& [name, text] : reference_pages()) {
        std::ifstream file(MINI_REDIS_DOCS "/" + name, std::ios::binary);
        std::ostringstream written;
        written << file.rdbuf();
        EXPECT_TRUE(written.str() == text) << "docs/" << name << " is stale: run `./dev docs`";
    }
}

}  // namespace
}  // namespace mini_redis::tests
