// A reply as text, in the four forms of redis-cli: for people, raw, CSV and JSON.
//
// What a form cannot say it leaves out: attributes are shown to people only, and CSV and raw
// flatten what is nested. Each form has its own file.
#pragma once

#include "protocol/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mini_redis::cli {

enum class Form : std::uint8_t { people, raw, csv, json, quoted_json };

// Each appends the whole reply. For people it ends with a line end; the others add none.
void append_for_people(std::string& out, const protocol::Value& value);
// `delimiter` stands between the elements of an aggregate.
void append_raw(std::string& out, const protocol::Value& value, std::string_view delimiter);
void append_csv(std::string& out, const protocol::Value& value);
// Quoted: strings in ASCII, bytes as \\xhh.
void append_json(std::string& out, const protocol::Value& value, bool quoted);

}  // namespace mini_redis::cli
