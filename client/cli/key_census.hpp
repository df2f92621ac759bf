// What --bigkeys counts: how many keys of each type, how large together, and which is the largest.
//
// It decides and formats without asking anybody; who walks over the keys feeds it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::cli {

class KeyCensus {
public:
    // How keys of a type are measured: a command and the unit of its reply. A type that nobody
    // knows has no command.
    struct Kind {
        std::string name;
        std::string command;
        std::string unit;
    };

    // `keys_in_all` is for the progress; `by_memory` counts bytes, whatever the type.
    KeyCensus(std::uint64_t keys_in_all, bool by_memory);

    // The kind of a type by its name, made if it is new.
    const Kind& kind(const std::string& type);

    // How much of the keys was seen before the step that begins now.
    void begin_step();
    // Returns lines to be shown: that this is the largest so far, that another million is done.
    std::string add(const std::string& key, const std::string& type, std::uint64_t size);
    // `cut_short`: not all keys were seen.
    std::string summary(bool cut_short) const;

private:
    struct Tally {
        Kind kind;
        std::uint64_t count = 0;
        std::uint64_t total = 0;
        std::uint64_t largest = 0;
        std::string largest_key{};  // quoted; empty if there is none
    };

    Tally& tally(const std::string& type);
    const std::string& unit(const Tally& tally) const;

    std::uint64_t keys_in_all_;
    bool by_memory_;
    std::vector<Tally> tallies_;
    std::uint64_t seen_ = 0;
    std::uint64_t name_bytes_ = 0;
    std::string progress_;
};

}  // namespace mini_redis::cli
