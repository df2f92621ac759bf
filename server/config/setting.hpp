// Setting: one thing that can be chosen, whatever its type.
//
// A setting puts itself into the table it is constructed with, so that the definition of a
// directive is all there is to say about it: the flags, the file, CONFIG and the manual follow from
// it. It does not know who asks for a change (Config) nor who must be told (Config's listeners).
#pragma once

#include "server/config/arguments.hpp"

namespace mini_redis::config {

class Setting;

// The settings in the order of their definition.
struct Table {
    std::vector<Setting*> settings;
    std::string_view section = {};  // of the settings that are defined next
};

// Names the section of the settings that are defined after it.
struct Section {
    Section(Table& table, std::string_view name) { table.section = name; }
};

// What is wrong, in Redis' words, or nothing.
using Error = std::optional<std::string>;

enum class Change { at_start, at_run_time };

class Setting {
public:
    // The texts are literals; `help` is one or a few sentences.
    Setting(Table& table, std::string_view name, Change change, std::string_view help)
        : section_(table.section), name_(name), change_(change), help_(help)
    {
        table.settings.push_back(this);
    }
    virtual ~Setting() = default;
    Setting(const Setting&) = delete;
    Setting& operator=(const Setting&) = delete;

    std::string_view section() const { return section_; }
    std::string_view name() const { return name_; }
    std::string_view help() const { return help_; }
    bool can_change() const { return change_ == Change::at_run_time; }
    // Whether its value is to be kept out of logs, MONITOR and the slow log.
    virtual bool is_secret() const { return false; }
    // Whether a file gives it any number of arguments, or one.
    virtual bool is_list() const { return false; }

    // Takes the value as CONFIG SET gives it. After an error the old value stands.
    Error assign(std::string_view text);
    // Takes the arguments that follow the name in a file.
    Error assign(const Arguments& arguments);

    // The value as CONFIG GET prints it, and as assign() takes it back.
    virtual std::string text() const = 0;
    // The value as a file says it: sizes with their unit, strings in quotes.
    virtual std::string written() const { return text(); }
    // The lines that say it in a file.
    virtual Arguments lines() const { return {std::string(name_) + ' ' + written()}; }

    // What may be assigned, in words, for the manual.
    virtual std::string values() const = 0;
    // The default as a file says it, or in words where it depends on the machine.
    virtual std::string default_text() const { return default_; }
    bool is_default() const { return written() == default_; }
    // Makes the present value the default: called once, when the whole table stands.
    void remember_default() { default_ = written(); }

private:
    // Takes one argument, or any number if is_list().
    virtual Error store(const Arguments& arguments) = 0;

    const std::string_view section_;
    const std::string_view name_;
    const Change change_;
    const std::string_view help_;
    std::string default_;
};

}  // namespace mini_redis::config
