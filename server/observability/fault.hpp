// A task that ended with a fault of ours: the log is told.
#pragma once

#include "server/observability/log.hpp"

#include <exception>
#include <string_view>

namespace mini_redis::observability {

// What task groups are given to call.
inline void note_fault(std::string_view task, const std::exception_ptr& fault)
{
    try {
        std::rethrow_exception(fault);
    } catch (const std::exception& error) {
        log_warning("task '{}' ended with a fault: {}", task, error.what());
    }
}

}  // namespace mini_redis::observability
