// CLI11 knows the flags, the help and the version; what a flag's arguments mean is for the Loader,
// who reads them as it reads a line of a file.
#include "server/config/command_line.hpp"

#include "server/config/config_file.hpp"
#include "server/config/foreign_directives.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <CLI/CLI.hpp>

namespace mini_redis::config {
namespace {

// To Redis the word behind a flag is its argument, whatever it looks like (--bind -::1, a password
// of dashes), and so are the words behind that until one begins with "--". CLI11 would take some of
// them for flags. It never does with the one word that an option must have, so each gets a flag of
// its own. Flags that only Redis has are left out with all that belongs to them.
Arguments paired(const Arguments& words, std::vector<std::string>& warnings)
{
    Arguments pairs;
    std::string flag;      // whose arguments are being read
    bool awaited = false;  // its first argument is still to come
    bool foreign = false;
    for (const std::string& word : words) {
        if (!awaited && word.starts_with("--")) {
            flag = word.substr(0, word.find('='));
            foreign = is_foreign_directive(flag.substr(2));
            awaited = !foreign && flag == word;
            if (foreign) warnings.push_back(flag + ": this directive of Redis has no effect here");
            if (!foreign && !awaited) pairs.push_back(word);
        } else if (!foreign) {
            if (!flag.empty()) pairs.push_back(flag);
            pairs.push_back(word);
            awaited = false;
        }
    }
    if (awaited) pairs.push_back(flag);
    return pairs;
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
    app.set_version_flag("-v,--version", "mini-redis-server " + version);
    std::vector<std::pair<const Setting*, const CLI::Option*>> flags;
    for (const Setting* setting : config.settings()) {
        CLI::Option* flag = app.add_option("--" + std::string(setting->name()));
        flag->description(description(*setting))->group(std::string(setting->section()));
        flags.emplace_back(setting, flag->type_name("")->ignore_case()->take_all());
    }

    Start start;
    Arguments pairs = paired(words, start.warnings);
    std::ranges::reverse(pairs);  // CLI11 takes them from the back
    try {
        app.parse(std::move(pairs));
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
        if (error || flag->empty()) continue;
        error = loader.assign("command line", std::string(setting->name()), flag->results());
    }
    start.warnings.insert(start.warnings.begin(), loader.warnings().begin(),
                          loader.warnings().end());
    if (error) start.exit = {1, *error + '\n'};
    return start;
}

}  // namespace mini_redis::config
