// What stands under keys that are named after an element: `weight_*`, `object_*->field`, `#`.
#pragma once

#include "server/commands/grammar.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mini_redis::commands {

class ValuePattern {
public:
    // A view of the text, which as in Redis is searched no further than to its first NUL.
    explicit ValuePattern(std::string_view text);

    // Whether it means another key for each element.
    bool varies() const { return star_ != std::string_view::npos; }

    // What it means for an element; nothing where it varies not, or where no such thing is there.
    std::optional<std::string> value_for(Context& context, std::string_view element) const;

private:
    std::string_view text_;
    bool itself_;  // `#`
    std::size_t star_;
    std::optional<std::string_view> field_;  // of a hash
};

}  // namespace mini_redis::commands
