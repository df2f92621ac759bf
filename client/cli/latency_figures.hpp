// Least, greatest and mean of some latencies, as --latency shows them.
#pragma once

#include "client/cli/format.hpp"

#include <chrono>
#include <string>

namespace mini_redis::cli {

class LatencyFigures {
public:
    void add(std::chrono::milliseconds latency);
    // For people without a line end, since the line will be overwritten.
    std::string text(Form form) const;

private:
    std::chrono::milliseconds::rep min_ = 0;
    std::chrono::milliseconds::rep max_ = 0;
    std::chrono::milliseconds::rep total_ = 0;
    long long count_ = 0;
};

}  // namespace mini_redis::cli
