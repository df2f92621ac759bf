// One function a rule. An error agrees with the same error only, whatever the rule.
#include "tests/support/agreement.hpp"

#include "tests/support/frame.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace mini_redis::tests {
namespace {

constexpr std::array<std::pair<std::string_view, Rule>, 15> names{{
    {"same", Rule::same},
    {"any_order", Rule::any_order},
    {"any_order_of_pairs", Rule::any_order_of_pairs},
    {"same_shape", Rule::same_shape},
    {"same_type", Rule::same_type},
    {"about_seconds", Rule::about_seconds},
    {"about_milliseconds", Rule::about_milliseconds},
    {"delivery_times", Rule::delivery_times},
    {"client_lines", Rule::client_lines},
    {"monitor_line", Rule::monitor_line},
    {"info", Rule::info},
    {"info_counts", Rule::info_counts},
    {"greeting", Rule::greeting},
    {"iteration", Rule::iteration},
    {"existing_key", Rule::existing_key},
}};

bool same(const Frame& expected, const Frame& actual)
{
    return description(expected) == description(actual);
}

std::vector<std::string> sorted_groups(const Frame& frame, std::size_t size)
{
    std::vector<std::string> groups;
    for (std::size_t i = 0; i < frame.children.size(); i += size) {
        std::string group;
        for (std::size_t j = i; j < std::min(i + size, frame.children.size()); ++j)
            group += description(frame.children[j]) + ' ';
        groups.push_back(std::move(group));
    }
    std::sort(groups.begin(), groups.end());
    return groups;
}

bool same_groups(const Frame& expected, const Frame& actual, std::size_t size)
{
    if (!expected.is_aggregate()) return same(expected, actual);
    return expected.type == actual.type &&
           sorted_groups(expected, size) == sorted_groups(actual, size);
}

bool same_shape(const Frame& expected, const Frame& actual)
{
    return expected.type == actual.type && expected.null == actual.null &&
           std::equal(expected.children.begin(), expected.children.end(), actual.children.begin(),
                      actual.children.end(), same_shape);
}

bool about(const Frame& expected, const Frame& actual, long long tolerance)
{
    if (expected.type != ':' || actual.type != ':') return same(expected, actual);
    const auto number = [](const Frame& frame) { return std::stoll(frame.text); };
    if (number(expected) < 0 || number(actual) < 0) return same(expected, actual);
    return std::llabs(number(expected) - number(actual)) <= tolerance;
}

// A moment or how long ago it was: of an entry it stands before how often it was delivered, of a
// consumer behind its name.
bool same_but_for_delivery_times(const Frame& expected, const Frame& actual)
{
    const auto& ours = actual.children;
    const auto& theirs = expected.children;
    if (!expected.is_aggregate() || expected.type != actual.type || theirs.size() != ours.size())
        return same(expected, actual);
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const bool of_entry =
            i + 2 == theirs.size() && theirs[i].type == ':' && theirs[i + 1].type == ':';
        const bool of_consumer =
            i != 0 && (theirs[i - 1].text == "idle" || theirs[i - 1].text == "seen-time");
        if (of_entry || of_consumer ? !about(theirs[i], ours[i], 3000)
                                    : !same_but_for_delivery_times(theirs[i], ours[i]))
            return false;
    }
    return true;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

// "id=7 name=x db=0" -> "id name=x db=0": the values that both servers must give.
std::string steady_fields(const Frame& frame)
{
    static const std::set<std::string_view> steady{
        "name", "flags", "db", "sub", "psub", "ssub", "multi", "cmd", "user", "redir", "resp"};
    std::string result;
    for (const auto line : split(frame.text, '\n')) {
        for (const auto field : split(line, ' ')) {
            const auto name = field.substr(0, field.find('='));
            result += std::string(steady.contains(name) ? field : name) + ' ';
        }
        result += '\n';
    }
    return result;
}

// 1700000000.123456 [0 127.0.0.1:4711] "GET" "key" -> [0] "GET" "key"
std::string monitored(const Frame& frame)
{
    const auto& text = frame.text;
    const auto database = text.find('[');
    const auto address = text.find(' ', database);
    const auto words = text.find(']', address);
    if (words == std::string::npos) return text;
    return text.substr(database, address - database) + text.substr(words);
}

// Section headings and field names.
std::set<std::string> info_names(const Frame& frame)
{
    std::set<std::string> result;
    for (const auto line : split(frame.text, '\n')) {
        const auto name = line.substr(0, line.find_first_of(":\r"));
        if (!name.empty() && !name.starts_with("mini_redis_")) result.emplace(name);
    }
    return result;
}

// "cmdstat_get:calls=2,usec=7" -> "cmdstat_get:calls=2,usec", line by line, in no order.
std::multiset<std::string> info_counts(const Frame& frame)
{
    static const std::set<std::string_view> times{"usec", "usec_per_call", "avg_ttl"};
    std::multiset<std::string> result;
    for (const auto line : split(frame.text, '\n')) {
        std::string steady;
        for (const auto part : split(line, ',')) {
            const auto name = part.substr(0, part.find('='));
            steady += std::string(times.contains(name) ? name : part) + ',';
        }
        result.insert(steady);
    }
    return result;
}

bool same_greeting(Frame expected, Frame actual)
{
    for (auto* frame : {&expected, &actual})
        for (std::size_t i = 0; i + 1 < frame->children.size(); i += 2)
            if (frame->children[i].text == "id") frame->children[i + 1].text = "any";
    return same_groups(expected, actual, 2);
}

}  // namespace

Rule rule_named(std::string_view name)
{
    for (const auto& [known, rule] : names)
        if (known == name) return rule;
    throw std::invalid_argument("no such rule: " + std::string(name));
}

bool agree(Rule rule, const Frame& expected, const Frame& actual)
{
    if (expected.is_error() || actual.is_error()) return same(expected, actual);
    switch (rule) {
        case Rule::any_order:
            return same_groups(expected, actual, 1);
        case Rule::any_order_of_pairs:
            return same_groups(expected, actual, 2);
        case Rule::same_shape:
            return same_shape(expected, actual);
        case Rule::same_type:
            return expected.type == actual.type && expected.null == actual.null;
        case Rule::about_seconds:
            return about(expected, actual, 3);
        case Rule::about_milliseconds:
            return about(expected, actual, 3000);
        case Rule::delivery_times:
            return same_but_for_delivery_times(expected, actual);
        case Rule::client_lines:
            return expected.type == actual.type && steady_fields(expected) == steady_fields(actual);
        case Rule::monitor_line:
            return expected.type == actual.type && monitored(expected) == monitored(actual);
        case Rule::info: {
            const auto theirs = info_names(expected);
            const auto ours = info_names(actual);
            return expected.type == actual.type &&
                   std::includes(theirs.begin(), theirs.end(), ours.begin(), ours.end());
        }
        case Rule::info_counts:
            return expected.type == actual.type && info_counts(expected) == info_counts(actual);
        case Rule::greeting:
            return same_greeting(expected, actual);
        case Rule::same:
        case Rule::iteration:
        case Rule::existing_key:
            break;
    }
    return same(expected, actual);
}

bool agree(Rule rule, std::string_view expected, std::string_view actual)
{
    return expected == actual || agree(rule, parse_frame(expected), parse_frame(actual));
}

}  // namespace mini_redis::tests
