// How strings and lists are spelt and refused.
#include "server/config/text_setting.hpp"

#include "protocol/number.hpp"
#include "protocol/text.hpp"

#include <array>
#include <charconv>

namespace mini_redis::config {
namespace {

constexpr std::size_t addresses_max = 16;

// An empty list as a file says it: the name alone would be an error in Redis.
std::string or_empty_quotes(std::string list)
{
    return list.empty() ? "\"\"" : list;
}

bool is_empty_list(const Arguments& arguments)
{
    return arguments.size() == 1 && arguments[0].empty();
}

// Six digits behind the point, less the zeros at the end.
std::string short_decimal(double value)
{
    std::array<char, 16> digits;
    const auto [end, error] =
        std::to_chars(digits.begin(), digits.end(), value, std::chars_format::fixed, 6);
    std::string_view text(digits.begin(), end);
    text = text.substr(0, text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.remove_suffix(1);
    return std::string(text);
}

}  // namespace

std::string StringSetting::written() const
{
    return protocol::quote(get());
}

Error FixedSetting::store(const Arguments& arguments)
{
    if (arguments.empty() || (arguments.size() == 1 && arguments[0] == value_)) return {};
    return "this server cannot keep what that promises";
}

Error StringSetting::store(const Arguments& arguments)
{
    set(arguments[0]);
    return {};
}

std::string AddressList::written() const
{
    return or_empty_quotes(text());
}

Error AddressList::store(const Arguments& arguments)
{
    if (arguments.size() > addresses_max) return "Too many bind addresses specified.";
    set(is_empty_list(arguments) ? Arguments{} : arguments);
    return {};
}

std::string PercentileList::text() const
{
    Arguments percentiles;
    for (const double percentile : get()) percentiles.push_back(short_decimal(percentile));
    return join(percentiles);
}

std::string PercentileList::written() const
{
    return or_empty_quotes(text());
}

Error PercentileList::store(const Arguments& arguments)
{
    std::vector<double> percentiles;
    if (!is_empty_list(arguments)) {
        for (const std::string& argument : arguments) {
            const auto percentile = protocol::parse_double(argument);
            if (!percentile) return "Invalid latency-tracking-info-percentiles parameters";
            if (*percentile < 0 || *percentile > 100) {
                return "latency-tracking-info-percentiles parameters should sit between "
                       "[0.0,100.0]";
            }
            percentiles.push_back(*percentile);
        }
    }
    set(std::move(percentiles));
    return {};
}

}  // namespace mini_redis::config
