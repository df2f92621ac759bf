// The log, sent to a file for the time of a test, so that it can be asked what was said.
#pragma once

#include "server/observability/log.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <unistd.h>

#include <gtest/gtest.h>

namespace mini_redis::tests {

// Make it before the server and its threads.
class LogFile {
public:
    LogFile() : path_(testing::TempDir() + "mini-redis-log-" + std::to_string(::getpid()))
    {
        EXPECT_EQ(observability::open_log(path_), std::nullopt);
        file_.open(path_);
    }
    ~LogFile()
    {
        observability::open_log("");
        std::remove(path_.c_str());
    }
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;

    std::string text()
    {
        file_.clear();
        file_.seekg(0);
        return {std::istreambuf_iterator<char>(file_), {}};
    }
    bool has(std::string_view what) { return text().find(what) != std::string::npos; }

private:
    std::string path_;
    std::ifstream file_;  // open all the time: a test may leave no descriptors for later
};

}  // namespace mini_redis::tests
