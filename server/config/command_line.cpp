// CLI11 knows the flags, the help and the version; what a flag's arguments mean is for the Loader,
// who reads them as a line of a file.
#include "server/config/command_line.hpp"

#include "protocol/text.hpp"
#include "server/config/config_file.hpp"
#include "server/config/foreign_directives.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <CLI/CLI.hpp>

namespace mini_redis::config {
namespace {

bool is_flag(std::string_view word)
{
    return word.starts_with("--");
}

// To Redis the word behind a flag is its argument, whatever it looks like (--bind -::1, a password
// of dashes), and so are those behind that until one begins with "--". CLI11 would take some of
// them for flags, so it is given the arguments of a flag as one: a line of quoted words, as a file
// has it. Flags that only Redis has are taken out with their arguments.
Arguments in_lines(const Config& config, const Arguments& words, std::vector<std::string>& warnings)
{
    Arguments lines;
    for (auto word = words.begin(); word != words.end();) {
        const std::string flag = word->substr(0, word->find('='));
        const std::string name = is_flag(flag) ? flag.substr(2) : "";
        if (is_foreign_directive(name) && !is_guarding_directive(name)) {
            warnings.push_back(flag + ": this directive of Redis has no effect here");
            word = std::find_if(word + 1, words.end(), is_flag);
        } else if (!config.find(name)) {
            lines.push_back(*word++);
        } else {
            Arguments arguments;
            if (flag != *word) arguments.push_back(protocol::quote(word->substr(flag.size() + 1)));
            ++word;
            while (word != words.end() && (arguments.empty() || !is_flag(*word))) {
                arguments.push_back(protocol::quote(*word++));
            }
            lines.insert(lines.end(), {flag, join(arguments)});
        }
    }
    return lines;
}

std::string description(const Setting& setting)
{
    std::string text(setting.help());
    std::erase(text, '`');
    return text + " Default: " + setting.default_text();
}

}  // namespace

Start read_command_line(Config& config, const Arguments& words, const std::string& version)
{
    CLI::App app{"A server that speaks Redis.", "mini-redis-server"};
    std::string file;
    app.add_option("config-file", file, "A file of directives, or - for the standard input");
    app.set_help_flag("-h,--help", "Says this and exits");
    app.set_version_flag("-v,--version", "mini-redis-server " + version,
                         "Says its version and exits");
    std::vector<std::pair<const Setting*, const CLI::Option*>> flags;
    for (const Setting* setting : config.settings()) {
        CLI::Option* flag = app.add_option("--" + std::string(setting->name()));
        flag->description(description(*setting))->group(std::string(setting->section()));
        flags.emplace_back(setting, flag->type_name("")->ignore_case()->take_all());
    }

    Start start;
    Arguments lines = in_lines(config, words, start.warnings);
    std::ranges::reverse(lines);  // CLI11 takes them from the back
    try {
        app.parse(std::move(lines));
    } catch (const CLI::ParseError& leave) {
        std::ostringstream text;
        const bool failure = app.exit(leave, text, text) != 0;
        start.exit = {failure ? 1 : 0, text.str()};
        return start;
    }

    Loader loader(config);
    Error error;
    if (!file.empty()) {
        error = loader.load(file);
        if (file != "-") config.file = std::filesystem::absolute(file);
    }
    for (const auto& [setting, flag] : flags) {
        for (const std::string& line : flag->results()) {
            if (error) break;
            error = loader.assign("command line", std::string(setting->name()), *split_line(line));
        }
    }
    const auto& warnings = loader.warnings();
    start.warnings.insert(start.warnings.begin(), warnings.begin(), warnings.end());
    if (error) start.exit = {1, *error + '\n'};
    return start;
}

}  // namespace mini_redis::config
