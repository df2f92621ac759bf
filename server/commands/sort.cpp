// SORT: the elements of a list, a set or a sorted set, in an order of their own or in that of what
// stands under keys that are named after them.
#include "server/commands/lists.hpp"
#include "server/commands/partial_quicksort.hpp"
#include "server/commands/sets.hpp"
#include "server/commands/sorted_sets.hpp"
#include "server/commands/value_pattern.hpp"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace mini_redis::commands {
namespace {

struct SortWords {
    std::optional<Word> by;
    std::vector<Word> get;
    std::int64_t offset = 0;
    std::int64_t count = -1;
    bool descending = false;
    bool alpha = false;
    std::optional<Key> destination;

    static bool read_all(SortWords& words, Arguments& in) { return words.read(true, in); }
    static bool read_only(SortWords& words, Arguments& in) { return words.read(false, in); }

    // In any order; the last word on each counts.
    bool read(bool may_store, Arguments& in)
    {
        while (!in.done()) {
            if (in.take_token("ASC"))
                descending = false;
            else if (in.take_token("DESC"))
                descending = true;
            else if (in.take_token("ALPHA"))
                alpha = true;
            else if (in.left() >= 3 && in.take_token("LIMIT")) {
                if (!dispatch::convert(in.take(), offset, in)) return false;
                if (!dispatch::convert(in.take(), count, in)) return false;
            } else if (may_store && in.left() >= 2 && in.take_token("STORE"))
                destination = Key(in.take());
            else if (in.left() >= 2 && in.take_token("BY"))
                by = in.take();
            else if (in.left() >= 2 && in.take_token("GET"))
                get.push_back(in.take());
            else
                return in.fail(errors::syntax);
        }
        return true;
    }
};

// One to be sorted, and what it is sorted by.
struct Sorted {
    std::string text;
    std::size_t place;  // where it stood before
    double score = 0;
    std::optional<std::string> by = {};
};

class Sorter {
public:
    Sorter(Context& context, const SortWords& words) : context_(context), words_(words)
    {
        if (words.by) by_.emplace(*words.by);
        sorts_ = !by_ || by_->varies();
    }

    // The elements from the first that is wanted to the last. Nothing, and an error written, where
    // one cannot be read as a number.
    std::optional<std::vector<Sorted>> sort(const Entry* entry, Writer& reply)
    {
        // What has no order is to be stored in one.
        const bool alpha_anyway =
            !sorts_ && words_.destination && entry && entry->type() == Type::set;
        if (alpha_anyway) {
            sorts_ = true;
            by_.reset();
        }
        alpha_ = words_.alpha || alpha_anyway;
        if (entry) load(*entry);
        const auto [first, last] = range();
        if (sorts_ && !weigh()) {
            reply.error("ERR One or more scores can't be converted into double");
            return std::nullopt;
        }
        if (sorts_) arrange(first, last);
        all_.resize(last);
        all_.erase(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(first));
        return std::move(all_);
    }

private:
    void load(const Entry& entry)
    {
        const auto add = [&](const Element& element, double = 0) {
            Element::Scratch scratch;
            all_.push_back({.text = std::string(element.text(scratch)), .place = all_.size()});
        };
        switch (entry.type()) {
            case Type::list: {
                const Borrowed<List> list(entry);
                list->each(0, list->size(), add);
                break;
            }
            case Type::set:
                Borrowed<Set>(entry)->each(add);
                break;
            default: {
                const Borrowed<SortedSet> set(entry);
                set->walk({0, set->size()}, Order::ascending, add);
            }
        }
        // What has an order is shown in it, or the other way round.
        if (!sorts_ && words_.descending && entry.type() != Type::set) std::ranges::reverse(all_);
    }

    // From the first that is wanted to behind the last.
    std::pair<std::size_t, std::size_t> range() const
    {
        const auto size = static_cast<std::int64_t>(all_.size());
        const std::int64_t first = std::clamp<std::int64_t>(words_.offset, 0, size);
        const std::int64_t count = words_.count < 0 ? size : std::min(words_.count, size - first);
        return {static_cast<std::size_t>(first),
                static_cast<std::size_t>(std::min(first + count, size))};
    }

    // Finds what each is sorted by. False if that is to be a number, and is none.
    bool weigh()
    {
        bool numbers = true;
        for (Sorted& element : all_) {
            if (by_) element.by = by_->value_for(context_, element.text);
            if (alpha_ || (by_ && !element.by)) continue;
            const char* text = by_ ? element.by->c_str() : element.text.c_str();
            char* end = nullptr;
            errno = 0;
            element.score = std::strtod(text, &end);
            if (*end != '\0' || errno == ERANGE || std::isnan(element.score)) numbers = false;
        }
        return numbers;
    }

    void arrange(std::size_t first, std::size_t last)
    {
        const auto compare = [this](const Sorted& a, const Sorted& b) {
            const int order = alpha_ ? compare_texts(a, b) : compare_scores(a, b);
            return words_.descending ? -order : order;
        };
        if (by_ && (first != 0 || last != all_.size()))
            partial_quicksort(std::span(all_), last, compare);
        else
            std::ranges::sort(all_, [&](const Sorted& a, const Sorted& b) {
                const int order = compare(a, b);
                return order != 0 ? order < 0 : a.place < b.place;
            });
    }

    static int compare_scores(const Sorted& a, const Sorted& b)
    {
        if (a.score != b.score) return a.score < b.score ? -1 : 1;
        return a.text.compare(b.text);
    }
    // What is stored is to be in the same order wherever that is done.
    int compare_texts(const Sorted& a, const Sorted& b) const
    {
        if (by_ && (!a.by || !b.by)) return int{a.by.has_value()} - int{b.by.has_value()};
        const std::string& one = by_ ? *a.by : a.text;
        const std::string& other = by_ ? *b.by : b.text;
        return words_.destination ? one.compare(other) : std::strcoll(one.c_str(), other.c_str());
    }

    Context& context_;
    const SortWords& words_;
    std::optional<ValuePattern> by_;
    bool sorts_ = true;
    bool alpha_ = false;
    std::vector<Sorted> all_;
};

// Calls `visit` with each value that is to be returned, null where there is none.
template <class Visit>
void each_value(Context& context, const std::vector<Word>& get, const std::vector<Sorted>& sorted,
                Visit&& visit)
{
    const std::vector<ValuePattern> patterns(get.begin(), get.end());
    for (const Sorted& element : sorted) {
        if (patterns.empty()) visit(&element.text);
        for (const ValuePattern& pattern : patterns) {
            const auto value = pattern.value_for(context, element.text);
            visit(value ? &*value : nullptr);
        }
    }
}

void store(Context& context, const Key& destination, const SortWords& words,
           const std::vector<Sorted>& sorted, Writer& reply)
{
    List list;
    each_value(context, words.get, sorted, [&](const std::string* value) {
        list.push(End::tail, value ? *value : std::string(), list_limits(context));
    });
    reply.integer(static_cast<std::int64_t>(list.size()));
    if (list.empty()) {
        context.data.remove(destination);
        return;
    }
    const std::size_t changes = list.size();
    *Edited<List>(context.data, destination, nullptr) = std::move(list);
    context.data.report(Event::sortstore, destination, changes);
}

void sort(Context& context, const Key& key, const SortWords& words, Writer& reply)
{
    const Entry* entry = context.data.read(key);
    if (entry && entry->type() != Type::list && entry->type() != Type::set &&
        entry->type() != Type::sorted_set)
        return reply.error(errors::wrong_type);
    const auto sorted = Sorter(context, words).sort(entry, reply);
    if (!sorted) return;
    if (words.destination) return store(context, *words.destination, words, *sorted, reply);
    reply.array(sorted->size() * std::max<std::size_t>(words.get.size(), 1));
    each_value(context, words.get, *sorted,
               [&](const std::string* value) { value ? reply.bulk(*value) : reply.null(); });
}

// BY and GET share a key specification: the keys are named by what is sorted.
constexpr int pattern_spec = 1;
constexpr int destination_spec = 2;

Argument pattern(std::string_view token)
{
    return {.name = "pattern",
            .type = ArgumentType::pattern,
            .token = token,
            .key_spec = pattern_spec,
            .optional = true};
}
Argument by_pattern()
{
    return pattern("BY");
}
Argument get_pattern()
{
    Argument argument = pattern("GET");
    argument.multiple = argument.multiple_token = true;
    return argument;
}
Argument limits()
{
    return {.name = "offset_count",
            .type = ArgumentType::block,
            .token = "LIMIT",
            .optional = true,
            .children = {{.name = "offset", .type = ArgumentType::integer},
                         {.name = "count", .type = ArgumentType::integer}}};
}
Argument direction()
{
    return {.name = "order",
            .type = ArgumentType::one_of,
            .optional = true,
            .children = {{.name = "asc", .type = ArgumentType::pure_token, .token = "ASC"},
                         {.name = "desc", .type = ArgumentType::pure_token, .token = "DESC"}}};
}
Argument alphabetically()
{
    return {
        .name = "sorting", .type = ArgumentType::pure_token, .token = "ALPHA", .optional = true};
}
Argument store_destination()
{
    return {.name = "destination",
            .type = ArgumentType::key,
            .token = "STORE",
            .key_spec = destination_spec,
            .optional = true};
}

constexpr auto sort_categories =
    Category::set | Category::sortedset | Category::list | Category::dangerous;
constexpr std::string_view sort_complexity =
    "O(N+M*log(M)), N being the number of elements and M of those returned";

struct Sort : SortWords {
    Key key;

    static constexpr Spec spec{
        .name = "SORT",
        .summary = "Sorts the elements of a list, a set or a sorted set; returns or stores them.",
        .since = "1.0.0",
        .complexity = sort_complexity,
        .flags = Flag::write | Flag::denyoom,
        .categories = sort_categories,
        .locks_everything = true,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Sort::key, Use::ro | Use::access),
        custom(&SortWords::read_all, Manual{by_pattern}, Manual{limits}, Manual{get_pattern},
               Manual{direction}, Manual{alphabetically}, Manual{store_destination}),
        unknown_keys(Use::ro | Use::access), unknown_keys(Use::ow | Use::update, "STORE"));

    void run(Context& context, Writer& reply) const { sort(context, key, *this, reply); }
};

struct SortRo : SortWords {
    Key key;

    static constexpr Spec spec{
        .name = "SORT_RO",
        .summary = "Sorts the elements of a list, a set or a sorted set; stores nothing.",
        .since = "7.0.0",
        .complexity = sort_complexity,
        .flags = Flag::readonly,
        .categories = sort_categories,
        .locks_everything = true,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &SortRo::key, Use::ro | Use::access),
                 custom(&SortWords::read_only, Manual{by_pattern}, Manual{limits},
                        Manual{get_pattern}, Manual{direction}, Manual{alphabetically}),
                 unknown_keys(Use::ro | Use::access));

    void run(Context& context, Writer& reply) const { sort(context, key, *this, reply); }
};

}  // namespace

constexpr auto sorting_commands = dispatch::commands<Sort, SortRo>;
const dispatch::Family sorting{"generic", {}, sorting_commands};

}  // namespace mini_redis::commands
