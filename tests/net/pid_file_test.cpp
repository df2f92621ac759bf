// The pid file lives as long as the server.
#include "server/pid_file.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

TEST(PidFile, HoldsTheProcessIdWhileItLives)
{
    const auto path = std::filesystem::temp_directory_path() /
                      ("mini-redis-" + std::to_string(::getpid()) + ".pid");
    {
        const server::PidFile file(path.string());
        std::ifstream in(path);
        int id = 0;
        in >> id;
        EXPECT_EQ(id, ::getpid());
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace mini_redis::tests
