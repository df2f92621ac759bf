// The pages of docs/ that are generated: their names, and what should stand in them.
#pragma once

#include "server/commands/families.hpp"
#include "server/config/reference.hpp"
#include "server/dispatch/reference.hpp"

#include <string>
#include <utility>
#include <vector>

namespace mini_redis::tests {

inline std::vector<std::pair<std::string, std::string>> reference_pages()
{
    dispatch::Catalogue catalogue;
    for (const dispatch::Family* family : commands::families) catalogue.add(*family);
    return {{"commands.md", dispatch::reference(catalogue)},
            {"configuration.md", config::reference(config::Config{})}};
}

}  // namespace mini_redis::tests
