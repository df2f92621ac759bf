// What floor 0 costs: nanoseconds a request and a reply. Items are requests or replies.
#include "protocol/request_parser.hpp"
#include "protocol/writer.hpp"

#include <random>
#include <string>

#include <benchmark/benchmark.h>

namespace {

using namespace mini_redis::protocol;

constexpr std::size_t pipeline = 16;

std::string request(std::initializer_list<std::string> words)
{
    Buffer buffer;
    Writer writer(buffer, Dialect::resp2);
    writer.array(words.size());
    for (const auto& word : words) writer.bulk(word);
    return std::string(buffer.view());
}

void parse(benchmark::State& state, const std::string& input, std::size_t requests)
{
    RequestParser parser;
    Batch batch;
    for ([[maybe_unused]] auto _ : state) {
        batch.clear();
        const auto progress = parser.parse(input, Limits{}, 1024, batch);
        benchmark::DoNotOptimize(progress.consumed);
        if (batch.requests.size() != requests) state.SkipWithError("not all requests were parsed");
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(requests));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(input.size()));
}

std::string pipelined(const std::string& request)
{
    std::string input;
    for (std::size_t i = 0; i < pipeline; ++i) input += request;
    return input;
}

void parse_get(benchmark::State& state)
{
    parse(state, pipelined(request({"GET", "key:000000123456"})), pipeline);
}
BENCHMARK(parse_get);

// Lengths of one to three digits without a pattern, so that branches cannot be foreseen.
void parse_get_of_keys_of_any_length(benchmark::State& state)
{
    std::mt19937 random(1);
    std::string input;
    constexpr std::size_t requests = 1000;
    for (std::size_t i = 0; i < requests; ++i)
        input += request({"GET", std::string(random() % 128, 'k')});
    parse(state, input, requests);
}
BENCHMARK(parse_get_of_keys_of_any_length);

void parse_set(benchmark::State& state)
{
    const std::string value(static_cast<std::size_t>(state.range(0)), 'v');
    parse(state, pipelined(request({"SET", "key:000000123456", value})), pipeline);
}
BENCHMARK(parse_set)->Arg(3)->Arg(1024)->Arg(16384);

void parse_mset_of_ten(benchmark::State& state)
{
    std::string input = "*21\r\n$4\r\nMSET\r\n";
    for (int i = 0; i < 10; ++i) input += "$16\r\nkey:000000123456\r\n$3\r\nxxx\r\n";
    parse(state, pipelined(input), pipeline);
}
BENCHMARK(parse_mset_of_ten);

void parse_inline_ping(benchmark::State& state)
{
    parse(state, pipelined("PING\r\n"), pipeline);
}
BENCHMARK(parse_inline_ping);

void parse_one_get_in_two_halves(benchmark::State& state)
{
    const auto input = request({"GET", "key:000000123456"});
    RequestParser parser;
    Batch batch;
    for ([[maybe_unused]] auto _ : state) {
        batch.clear();
        parser.parse(std::string_view(input).substr(0, input.size() - 5), Limits{}, 1024, batch);
        parser.parse(input, Limits{}, 1024, batch);
        if (batch.requests.size() != 1) state.SkipWithError("the request was not parsed");
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(parse_one_get_in_two_halves);

template <class Reply>
void write(benchmark::State& state, Reply reply)
{
    Buffer buffer;
    Writer writer(buffer, Dialect::resp2);
    for ([[maybe_unused]] auto _ : state) {
        buffer.clear();
        for (std::size_t i = 0; i < pipeline; ++i) reply(writer);
        benchmark::DoNotOptimize(buffer.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(pipeline));
}

void write_bulk(benchmark::State& state)
{
    const std::string value(static_cast<std::size_t>(state.range(0)), 'v');
    write(state, [&](Writer& writer) { writer.bulk(value); });
}
BENCHMARK(write_bulk)->Arg(3)->Arg(16)->Arg(32)->Arg(100)->Arg(1024)->Arg(4096);

void write_ok(benchmark::State& state)
{
    write(state, [](Writer& writer) { writer.ok(); });
}
BENCHMARK(write_ok);

void write_null(benchmark::State& state)
{
    write(state, [](Writer& writer) { writer.null(); });
}
BENCHMARK(write_null);

void write_integer(benchmark::State& state)
{
    write(state, [n = state.range(0)](Writer& writer) { writer.integer(n); });
}
BENCHMARK(write_integer)->Arg(1)->Arg(123456789)->Arg(-1234567890123456789);

void write_number(benchmark::State& state)
{
    write(state, [](Writer& writer) { writer.number(3.14159); });
}
BENCHMARK(write_number);

void write_human_number(benchmark::State& state)
{
    write(state, [](Writer& writer) { writer.human_number(10.5L); });
}
BENCHMARK(write_human_number);

}  // namespace
