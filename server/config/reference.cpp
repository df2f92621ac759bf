// One table a section, one row a directive.
#include "server/config/reference.hpp"

namespace mini_redis::config {
namespace {

constexpr std::string_view introduction =
    R"(# Configuration

Every directive can be given in three ways, and the later one wins:

1. in a file: `mini-redis-server mini-redis.conf`, one directive a line, `#` begins a comment line,
   `include other.conf` reads another file in its place;
2. on the command line: `mini-redis-server --port 7000 --maxmemory 1gb`;
3. while the server runs: `CONFIG SET maxmemory 2gb`, for those that may change then.
   `CONFIG REWRITE` brings the file up to date.

The file is a `redis.conf`: names, values and quoting are those of Redis 7.0. A directive that Redis
has and this server does not is read with a warning. Sizes are in bytes or have a unit: `1kb` is
1024 bytes, `1k` is 1000; likewise `mb`, `m`, `gb` and `g`.

This page is generated from `server/config/directives.hpp`.
)";

// What a table cell can hold.
std::string cell(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        if (c == '|') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

}  // namespace

std::string reference(const Config& config)
{
    std::string page(introduction);
    std::string_view section;
    for (const Setting* setting : config.settings()) {
        if (setting->section() != section) {
            section = setting->section();
            page.append("\n## ").append(section).append("\n\n");
            page += "| Directive | Default | Values | At run time | What it does |\n";
            page += "|---|---|---|---|---|\n";
        }
        page.append("| `").append(setting->name()).append("` | `").append(setting->default_text());
        page.append("` | ").append(cell(setting->values())).append(" | ");
        page.append(setting->can_change() ? "yes" : "no").append(" | ");
        page.append(cell(setting->help())).append(" |\n");
    }
    return page;
}

}  // namespace mini_redis::config
