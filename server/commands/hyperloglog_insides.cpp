// PFDEBUG and PFSELFTEST: HyperLogLogs from inside.
#include "server/commands/hyperloglogs.hpp"

#include <cmath>
#include <cstring>

#include <fmt/core.h>

namespace mini_redis::commands {
namespace {

// To Redis it is one command and not a container, so its subcommands are told apart here.
struct Pfdebug {
    std::string_view subcommand;
    Key key;

    static constexpr Spec spec{
        .name = "PFDEBUG",
        .summary = "Shows the registers or the encoding of a HyperLogLog, or makes it dense.",
        .since = "2.8.9",
        .complexity = "O(N), N being the registers",
        .flags = Flag::write | Flag::denyoom | Flag::admin,
        .system = true,
    };
    static constexpr auto syntax = sequence(arg("subcommand", &Pfdebug::subcommand),
                                            key_arg("key", &Pfdebug::key, Use::rw | Use::access));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!entry) return reply.error("ERR The specified key does not exist");
        if (!must_be_hyperloglog(entry, reply)) return;
        std::string text(hyperloglog_text(*entry));
        const auto asked = [&](std::string_view name) {
            return protocol::equal_ignoring_case(subcommand, name);
        };
        if (asked("GETREG")) {
            if (make_dense(context, text, reply)) reply_with_registers(text, reply);
        } else if (asked("DECODE")) {
            reply_with_runs(Hyperloglog(text), reply);
        } else if (asked("ENCODING")) {
            reply.simple(Hyperloglog(text).dense() ? "dense" : "sparse");
        } else if (asked("TODENSE")) {
            const bool was_dense = Hyperloglog(text).dense();
            if (make_dense(context, text, reply)) reply.integer(was_dense ? 0 : 1);
        } else {
            reply.error("ERR Unknown PFDEBUG subcommand '" +
                        std::string(subcommand.substr(0, subcommand.find('\0'))) + "'");
        }
    }

private:
    // To Redis a change, but none that anybody is told of. False, and an error written, if it is
    // corrupt.
    bool make_dense(Context& context, std::string& text, Writer& reply) const
    {
        if (Hyperloglog(text).dense()) return true;
        if (!values::make_dense(text)) return reply.error(corrupt_hyperloglog), false;
        store_hyperloglog(context, key, text);
        context.data.local().changes.add();
        return true;
    }

    static void reply_with_registers(std::string_view text, Writer& reply)
    {
        values::Registers registers{};
        Hyperloglog(text).merge_into(registers);
        reply.array(registers.size());
        for (const std::uint8_t rank : registers) reply.integer(rank);
    }

    // As in `Z:16000 v:3,1 z:12`: how many registers, of what value.
    static void reply_with_runs(Hyperloglog hyperloglog, Writer& reply)
    {
        if (hyperloglog.dense()) return reply.error("ERR HLL encoding is not sparse");
        std::string shown;
        const std::string_view runs = hyperloglog.runs();
        for (std::size_t at = 0; at < runs.size();) {
            const values::Run run = values::run_at(runs, at);
            if (!shown.empty()) shown += ' ';
            shown += run.value != 0 ? fmt::format("v:{},{}", run.value, run.count)
                                    : fmt::format("{}:{}", run.wide ? 'Z' : 'z', run.count);
            at += run.bytes();
        }
        reply.bulk(shown);
    }
};

struct Pfselftest {
    static constexpr Spec spec{
        .name = "PFSELFTEST",
        .summary = "Counts many elements, and compares what is counted with how many they are.",
        .since = "2.8.9",
        .complexity = "O(1), but a million elements are counted: tens of milliseconds",
        .flags = Flag::admin,
        .system = true,
    };
    static constexpr auto syntax = sequence();

    // One is dense from the beginning, the other becomes so, as by default.
    void run(Context& context, Writer& reply) const
    {
        constexpr std::uint64_t elements = 1'000'000;
        const std::uint64_t seed = context.data.local().chance();
        std::string dense = Hyperloglog::empty();
        values::make_dense(dense);
        std::string grown = Hyperloglog::empty();
        std::uint64_t next_check = 1;
        for (std::uint64_t count = 1; count <= elements; ++count) {
            const std::uint64_t word = count ^ seed;
            char element[sizeof word];
            std::memcpy(element, &word, sizeof word);
            const values::Sighting sighting = values::sighting_of({element, sizeof element});
            values::raise_dense(dense, sighting);
            values::raise(grown, sighting, 3000);
            if (count != next_check) continue;
            next_check *= 10;
            if (Hyperloglog(dense).count() != Hyperloglog(grown).count())
                return reply.error("TESTFAILED dense/sparse disagree");
            if (!is_near(Hyperloglog(dense).count().value_or(0), count))
                return reply.error(fmt::format("TESTFAILED Too big error. card:{}", count));
        }
        reply.ok();
    }

private:
    // Within six standard errors; of ten elements one may coincide with another.
    static bool is_near(std::uint64_t estimate, std::uint64_t count)
    {
        const double error = 1.04 / std::sqrt(double{values::register_count});
        const double most = std::max(std::ceil(6 * error * static_cast<double>(count)), 1.0);
        return std::abs(static_cast<double>(estimate) - static_cast<double>(count)) <= most;
    }
};

}  // namespace

constexpr auto hll_inside_commands = dispatch::commands<Pfdebug, Pfselftest>;
const dispatch::Family hll_insides{"hyperloglog", Category::hyperloglog, hll_inside_commands};

}  // namespace mini_redis::commands
