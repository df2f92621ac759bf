// Four tasks have ended: one is done, one was cancelled while it waited, one was cancelled and
// could not write its last line, and of one somebody else has cancelled the timer. Which are
// faults?
#include "tests/support/stepped.hpp"

#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gmock/gmock.h>

namespace {

using namespace mini_redis::runtime;

struct Ended {
    std::string_view name;
    bool cancelled;  // it was asked to end
    std::exception_ptr fault;
};

std::exception_ptr aborted()
{
    return std::make_exception_ptr(boost::system::system_error(asio::error::operation_aborted));
}

// Yours:
bool is_told(const Ended& task)
{
    return task.fault != nullptr;
}

// The test:
TEST(Told, IsWhatNobodyHasAskedFor)
{
    const std::exception_ptr full = std::make_exception_ptr(std::runtime_error("the disk is full"));
    std::string told;
    for (const Ended& task : {Ended{"sorter", false, nullptr}, Ended{"client", true, aborted()},
                              Ended{"writer", true, full}, Ended{"alarm", false, aborted()},
                              Ended{"guest", true, nullptr}, Ended{"reader", false, full}})
        if (is_told(task)) told += std::string(task.name) + ";";
    EXPECT_EQ(told, "writer;alarm;reader;");
}

}  // namespace
