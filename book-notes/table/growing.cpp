// Grows a hash table of the standard library and one of the server's, key by key, and tells how
// many keys one insertion may have to move.
#include "server/values/table_definitions.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <unordered_map>

namespace {

constexpr int keys = 300'000;

// Counts how often a table looks at a key: it has to, to know where to move it.
struct Counted {
    std::string text;
    static inline std::size_t looks = 0;

    std::string_view key() const
    {
        ++looks;
        return text;
    }
    static void destroy(Counted* entry) { delete entry; }
};

// Its buckets are as many as before, or all keys have moved to new ones.
std::size_t longest_of_the_standard_library()
{
    std::unordered_map<std::string, int> map;
    std::size_t longest = 0;
    for (int i = 0; i < keys; ++i) {
        const std::size_t buckets = map.bucket_count();
        map.emplace(std::to_string(i), i);
        if (map.bucket_count() != buckets) longest = std::max(longest, map.size() - 1);
    }
    return longest;
}

std::size_t longest_of_the_server()
{
    mini_redis::values::Table<Counted> table;
    std::size_t longest = 0;
    for (int i = 0; i < keys; ++i) {
        const std::string key = std::to_string(i);
        const std::size_t before = Counted::looks;
        table.make_room();
        table.insert(mini_redis::runtime::keyed_hash(key), new Counted{key});
        longest = std::max(longest, Counted::looks - before);
    }
    return longest;
}

}  // namespace

int main()
{
    std::printf("%d keys, one after the other; what one insertion had to move\n", keys);
    std::printf("  std::unordered_map  %zu keys\n", longest_of_the_standard_library());
    std::printf("  the server's table  %s\n",
                longest_of_the_server() < 500 ? "fewer than 500, always" : "too many");
}
