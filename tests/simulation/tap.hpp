// All commands of the server, each of which tells a listener before and after it runs.
//
// The order in which commands are applied is the one thing that no client can see. Who knows it can
// say of every reply what it has to be.
#pragma once

#include "server/commands/families.hpp"
#include "server/dispatch/catalogue.hpp"
#include "server/dispatch/context.hpp"

#include <deque>
#include <string_view>
#include <utility>
#include <vector>

namespace mini_redis::tests {

class Tap {
public:
    virtual ~Tap() = default;

    virtual void before(const dispatch::Session& session, dispatch::Words words) = 0;
    // `written` ends with the reply; messages may stand before it.
    virtual void after(const dispatch::Session& session, std::string_view written) = 0;

    // Who is told.
    static inline Tap* listener = nullptr;

    static const dispatch::Catalogue& commands()
    {
        static const Tapped tapped;
        return tapped.catalogue;
    }

private:
    static const dispatch::Catalogue& plain()
    {
        static const dispatch::Catalogue all = [] {
            dispatch::Catalogue made;
            for (const dispatch::Family* family : commands::families) made.add(*family);
            return made;
        }();
        return all;
    }

    static void execute(dispatch::Context& context, dispatch::Words words, dispatch::Keys keys,
                        protocol::Writer& reply)
    {
        listener->before(context.session, words);
        const std::size_t began = reply.buffer().size();
        plain().find(words)->command->execute(context, words, keys, reply);
        listener->after(context.session, reply.buffer().view().substr(began));
    }

    // A catalogue points at its commands; so the changed ones are kept beside it.
    struct Tapped {
        Tapped()
        {
            for (const dispatch::Family* family : commands::families)
                catalogue.add({family->group, family->categories, tap(family->commands)});
        }

        std::span<const dispatch::Command> tap(std::span<const dispatch::Command> commands)
        {
            std::vector<dispatch::Command> changed(commands.begin(), commands.end());
            for (dispatch::Command& command : changed) {
                if (command.execute) command.execute = execute;
                if (!command.subcommands.empty()) command.subcommands = tap(command.subcommands);
            }
            return lists.emplace_back(std::move(changed));
        }

        std::deque<std::vector<dispatch::Command>> lists;
        dispatch::Catalogue catalogue;
    };
};

}  // namespace mini_redis::tests
