// Whole milliseconds, but for the mean.
#include "client/cli/latency_figures.hpp"

#include <algorithm>
#include <cstdio>

namespace mini_redis::cli {

void LatencyFigures::add(std::chrono::milliseconds latency)
{
    const auto ms = latency.count();
    min_ = count_ == 0 ? ms : std::min(min_, ms);
    max_ = std::max(max_, ms);
    total_ += ms;
    ++count_;
}

std::string LatencyFigures::text(Form form) const
{
    const double mean = count_ == 0 ? 0 : static_cast<double>(total_) / static_cast<double>(count_);
    const char* format = nullptr;
    switch (form) {
        case Form::people:
            format = "min: %lld, max: %lld, avg: %.2f (%lld samples)";
            break;
        case Form::raw:
            format = "%lld %lld %.2f %lld\n";
            break;
        case Form::csv:
            format = "%lld,%lld,%.2f,%lld\n";
            break;
        case Form::json:
        case Form::quoted_json:
            format = "{\"min\": %lld, \"max\": %lld, \"avg\": %.2f, \"count\": %lld}\n";
            break;
    }
    char text[128];
    std::snprintf(text, sizeof text, format, static_cast<long long>(min_),
                  static_cast<long long>(max_), mean, count_);
    return text;
}

}  // namespace mini_redis::cli
