// By Boost.JSON, an event a line. It is written on the exporter's thread, for which nobody waits.
#include "server/tracing/chrome_file.hpp"

#include "server/observability/log.hpp"

#include <stdexcept>
#include <string_view>

#include <boost/json.hpp>

namespace mini_redis::tracing {
namespace json = boost::json;

namespace {

// All that is seen belongs to one process.
constexpr int process = 1;

double microseconds(std::int64_t nanoseconds)
{
    return static_cast<double>(nanoseconds) / 1000;
}

// Whether its thread did nothing else meanwhile.
bool is_one_step(SpanKind kind)
{
    return kind == SpanKind::command || kind == SpanKind::write || kind == SpanKind::answer;
}

json::object event_of(const Span& span, std::string_view phase, double when_us)
{
    return {{"ph", phase},        {"ts", when_us},       {"pid", process},
            {"tid", span.thread}, {"cat", "mini-redis"}, {"name", span.name}};
}

json::object facts_of(const Span& span)
{
    json::object facts{{"trace_id", trace_id(span.context)}, {"span_id", span_id(span.context)}};
    if (span.parent) facts["parent_id"] = span_id(span.parent);
    if (span.client != 0) facts["client"] = span.client;
    if (span.failed) facts["failed"] = true;
    if (span.kind == SpanKind::batch) {
        facts["commands"] = span.commands;
        facts["bytes_in"] = span.bytes_in;
        facts["bytes_out"] = span.bytes_out;
    }
    return facts;
}

std::string name_of_thread(std::size_t number)
{
    return json::serialize(json::object{{"ph", "M"},
                                        {"pid", process},
                                        {"tid", number},
                                        {"name", "thread_name"},
                                        {"args", {{"name", "worker " + std::to_string(number)}}}});
}

}  // namespace

ChromeFile::ChromeFile(const std::string& path, std::size_t threads, std::int64_t now_ns)
    : began_ns_(now_ns), file_(path, std::ios::trunc)
{
    file_ << "[\n";
    for (std::size_t number = 0; number < threads; ++number) write(name_of_thread(number));
    if (!file_.flush()) throw std::runtime_error("tracing-file: '" + path + "' cannot be written");
}

ChromeFile::~ChromeFile()
{
    file_ << "\n]\n";
}

awaitable<std::size_t> ChromeFile::take(std::span<const Span> spans)
{
    if (broken_) co_return spans.size();
    for (const Span& span : spans) write(span);
    if (file_.flush()) co_return 0;
    broken_ = true;
    observability::log_warning("tracing-file cannot be written any more");
    co_return spans.size();
}

void ChromeFile::write(const Span& span)
{
    const double began = microseconds(span.began_ns - began_ns_);
    const double ended = microseconds(span.ended_ns - began_ns_);
    if (is_one_step(span.kind)) {
        json::object event = event_of(span, "X", began);
        event["dur"] = microseconds(span.ended_ns - span.began_ns);
        event["args"] = facts_of(span);
        write(json::serialize(event));
    } else {
        json::object begin = event_of(span, "b", began);
        json::object end = event_of(span, "e", ended);
        begin["args"] = facts_of(span);
        begin["id"] = end["id"] = std::to_string(span.client);
        write(json::serialize(begin));
        write(json::serialize(end));
    }
    if (span.kind == SpanKind::answer || span.kind == SpanKind::wait) {
        const bool from = span.kind == SpanKind::answer;
        json::object flow = event_of(span, from ? "s" : "f", ended);
        flow["name"] = "answer";
        flow["id"] = span_id(from ? span.parent : span.context);
        write(json::serialize(flow));
    }
}

void ChromeFile::write(const std::string& event)
{
    if (!first_) file_ << ",\n";
    first_ = false;
    file_ << event;
}

}  // namespace mini_redis::tracing
