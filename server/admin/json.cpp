// By Boost.JSON.
#include "server/admin/json.hpp"

#include "server/admin/info_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <boost/json.hpp>

namespace mini_redis::admin {
namespace json = boost::json;
using protocol::Value;

namespace {

// The length of the UTF-8 sequence that `text` begins with; 0 if it begins with none.
std::size_t sequence_length(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first < 0xc2   ? 0
                               : first < 0xe0 ? 2
                               : first < 0xf0 ? 3
                               : first < 0xf5 ? 4
                                              : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0) != 0x80) return 0;
    const bool overlong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
    const bool surrogate = first == 0xed && byte(1) >= 0xa0;
    const bool beyond = first == 0xf4 && byte(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

json::string text(std::string_view bytes)
{
    json::string out;
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        if (length == 0)
            out.append("\xef\xbf\xbd");
        else
            out.append(json::string_view(bytes.data(), length));
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

json::value convert(const Value& value);

json::value convert_all(const std::vector<Value>& children)
{
    json::array all;
    for (const Value& child : children) all.push_back(convert(child));
    return all;
}

json::value convert_map(const std::vector<Value>& pairs)
{
    json::object map;
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
        const Value& key = pairs[i];
        if (key.kind != Value::Kind::bulk && key.kind != Value::Kind::simple)
            return convert_all(pairs);
        map[text(key.text)] = convert(pairs[i + 1]);
    }
    return map;
}

json::value convert(const Value& value)
{
    switch (value.kind) {
        case Value::Kind::null:
            return nullptr;
        case Value::Kind::integer:
            return value.integer;
        case Value::Kind::boolean:
            return value.integer != 0;
        case Value::Kind::number:
            return value.number;
        case Value::Kind::error:
            return json::object{{"error", text(value.text)}};
        case Value::Kind::simple:
        case Value::Kind::bulk:
        case Value::Kind::big_number:
        case Value::Kind::verbatim:
            return text(value.text);
        case Value::Kind::map:
            return convert_map(value.children);
        case Value::Kind::array:
        case Value::Kind::set:
        case Value::Kind::push:
            return convert_all(value.children);
    }
    return nullptr;
}

template <class Number>
std::optional<Number> number(std::string_view digits)
{
    Number value{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

json::value number_or_text(std::string_view field)
{
    if (const auto whole = number<std::int64_t>(field)) return *whole;
    if (field.find('.') != std::string_view::npos)
        if (const auto real = number<double>(field)) return *real;
    return text(field);
}

json::object convert(const TaskSeen& task)
{
    json::object out{{"name", text(task.name)}, {"age_ms", task.age.count()}};
    if (task.client != 0) out["client"] = task.client;
    if (!task.state.empty()) out["state"] = text(task.state);
    if (!task.trail) return out;
    out["parked_ms"] = task.trail->parked.count();
    out["resumed"] = task.trail->resumed;
    out["busy_us"] = task.trail->busy.count();
    out["longest_us"] = task.trail->longest.count();
    json::array places;
    for (const TrailSeen::Place& place : task.trail->places)
        places.push_back(
            {{"file", text(place.file)}, {"line", place.line}, {"function", text(place.function)}});
    out["places"] = std::move(places);
    return out;
}

}  // namespace

std::string to_json(const Value& value)
{
    return json::serialize(convert(value));
}

std::string info_json(std::string_view info)
{
    json::object all;
    for (const InfoPart& part : read_info(info)) {
        json::object fields;
        for (const InfoField& field : part.fields)
            fields[json::string_view(field.name.data(), field.name.size())] =
                number_or_text(field.value);
        all[json::string_view(part.title.data(), part.title.size())] = std::move(fields);
    }
    return json::serialize(all);
}

std::string clients_json(std::string_view list)
{
    json::array all;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find('\n'), list.size());
        std::string_view line = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        json::object client;
        while (!line.empty()) {
            const std::size_t space = std::min(line.find(' '), line.size());
            const std::string_view pair = line.substr(0, space);
            line.remove_prefix(std::min(space + 1, line.size()));
            const std::size_t equals = pair.find('=');
            if (equals == std::string_view::npos) continue;
            client[json::string_view(pair.data(), equals)] =
                number_or_text(pair.substr(equals + 1));
        }
        if (!client.empty()) all.push_back(std::move(client));
    }
    return json::serialize(all);
}

std::string tasks_json(std::span<const ThreadSeen> threads)
{
    json::array all;
    for (const ThreadSeen& thread : threads) {
        json::array tasks;
        for (const TaskSeen& task : thread.tasks) tasks.push_back(convert(task));
        const json::object mail{{"length", thread.mail.length}, {"capacity", thread.mail.capacity}};
        all.push_back({{"thread", thread.number}, {"mailbox", mail}, {"tasks", std::move(tasks)}});
    }
    return json::serialize(all);
}

std::string shutdown_json(const ShutdownSeen& shutdown)
{
    return json::serialize(json::object{{"phase", text(shutdown.phase)},
                                        {"clients", shutdown.clients},
                                        {"answering", shutdown.answering},
                                        {"drained", shutdown.drained},
                                        {"forced", shutdown.forced},
                                        {"bytes_lost", shutdown.bytes_lost}});
}

Topics topics_of(std::string_view message)
{
    Topics topics{.info = false};
    json::error_code failed;
    const json::value parsed =
        json::parse(json::string_view(message.data(), message.size()), failed);
    const json::object* object = failed ? nullptr : parsed.if_object();
    const json::value* named = object ? object->if_contains("topics") : nullptr;
    if (!named || !named->is_array()) return topics;
    for (const json::value& name : named->get_array()) {
        topics.info |= name == "info";
        topics.tasks |= name == "tasks";
        topics.clients |= name == "clients";
    }
    return topics;
}

}  // namespace mini_redis::admin
