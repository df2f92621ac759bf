// Where replies are shown: the standard output, in the form that was chosen.
//
// The only place that writes replies. What it is given it writes at once, because who reads it may
// be a pipe that waits for the line.
#pragma once

#include "client/cli/format.hpp"

#include <string>
#include <string_view>

namespace mini_redis::cli {

struct Style {
    Form form = Form::people;
    std::string element_delimiter = "\n";  // raw only: between the elements of a reply
    std::string reply_delimiter = "\n";    // raw only: behind a reply
    bool shows_pushes = true;              // those that answer no command
};

// People at a terminal see replies made for them, programs behind a pipe see the raw bytes.
Style default_style();

class Printer {
public:
    explicit Printer(Style style) : style_(std::move(style)) {}

    const Style& style() const { return style_; }

    void reply(const protocol::Value& value) const;
    // For texts that are made for people as they are: INFO and its like.
    void report(const protocol::Value& value) const;
    // What the server sent unasked.
    void push(const protocol::Value& value) const;

private:
    Style style_;
};

// To the standard output, now.
void say(std::string_view text);
// To the standard error.
void complain(std::string_view text);

}  // namespace mini_redis::cli
