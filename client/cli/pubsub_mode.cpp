// Two connections: one listens to everything that is published, the other asks who else listens.
#include "client/cli/channel_table.hpp"
#include "client/cli/modes.hpp"
#include "client/cli/terminal_width.hpp"

#include <map>

namespace mini_redis::cli {
namespace {

using Clock = std::chrono::steady_clock;
using protocol::Value;

constexpr std::chrono::microseconds default_interval{1'000'000};

class View {
public:
    View(const Options& options, Session& listening, Session& asking)
        : options_(options), listening_(listening), asking_(asking)
    {
    }

    int run()
    {
        const auto interval = options_.interval.count() != 0 ? options_.interval : default_interval;
        if (!subscribe()) return 1;
        for (auto began = Clock::now();;) {
            show();
            if (const auto broken = listen_until(began + interval)) return leave(*broken);
            if (!find_subscribers()) return 1;
            const auto now = Clock::now();
            table_.close_interval(now - began);
            began = now;
        }
    }

private:
    const std::string& pattern() const
    {
        static const std::string all = "*";
        return options_.pattern ? *options_.pattern : all;
    }

    bool subscribe()
    {
        listening_.link().send({"PSUBSCRIBE", pattern()});
        Value confirmation;
        const auto broken = listening_.link().receive(confirmation);
        if (!broken && !confirmation.is_error()) return find_subscribers();
        complain("PSUBSCRIBE failed: " + (broken ? broken->text : confirmation.text) + '\n');
        return false;
    }

    std::optional<Break> listen_until(Clock::time_point end)
    {
        for (auto now = Clock::now(); now < end; now = Clock::now()) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - now);
            const auto broken = listening_.link().exchange(static_cast<int>(left.count()));
            Value message;
            while (listening_.link().next(message)) take(message);
            if (broken) return broken;
        }
        return std::nullopt;
    }

    // pmessage, pattern, channel, text
    void take(const Value& message)
    {
        const auto& parts = message.children;
        if (parts.size() == 4 && parts[0].text == "pmessage")
            table_.count(parts[2].text, parts[3].text.size());
    }

    bool find_subscribers()
    {
        const auto channels = asking_.ask({"PUBSUB", "CHANNELS", pattern()});
        if (!channels) return false;
        Words words{"PUBSUB", "NUMSUB"};
        for (const Value& channel : channels->children) words.push_back(channel.text);
        const auto counts = asking_.ask(words);
        if (!counts) return false;
        std::map<std::string, std::int64_t> subscribers;
        for (std::size_t i = 0; i + 1 < counts->children.size(); i += 2) {
            subscribers[counts->children[i].text] = counts->children[i + 1].integer;
        }
        table_.set_subscribers(subscribers);
        return true;
    }

    bool on_screen() const
    {
        return options_.style.form == Form::people && terminal_columns() != 0;
    }

    void show()
    {
        if (!on_screen()) return say(table_.lines(options_.style.form));
        const auto screen = table_.screen(static_cast<std::size_t>(terminal_rows()),
                                          static_cast<std::size_t>(terminal_columns()));
        say("\x1b[H\x1b[2J" + screen);
    }

    int leave(const Break& broken)
    {
        if (broken.cause == Break::Cause::interrupted) {
            say((on_screen() ? "\n" : "") + table_.summary());
            return 0;
        }
        complain("Error: " + broken.text + '\n');
        return 1;
    }

    const Options& options_;
    Session& listening_;
    Session& asking_;
    ChannelTable table_;
};

}  // namespace

int run_pubsub_mode(const Options& options, Session& session)
{
    Session asking(options.entry, session.printer(), {});
    if (!session.connect() || !asking.connect()) return 1;
    return View(options, session, asking).run();
}

}  // namespace mini_redis::cli
