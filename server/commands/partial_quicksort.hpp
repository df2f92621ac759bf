// The first few of many in order, by the quicksort of J. L. Bentley and M. D. McIlroy (Engineering
// a Sort Function, 1993), which leaves alone what cannot be among them.
//
// Where elements are equal it decides which of them come first, and Redis decides so.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

namespace mini_redis::commands {

namespace detail {

// compare(a, b) is negative, 0 or positive.
template <class T, class Compare>
std::size_t middle_of(std::span<T> all, std::size_t a, std::size_t b, std::size_t c,
                      Compare&& compare)
{
    if (compare(all[a], all[b]) < 0) {
        if (compare(all[b], all[c]) < 0) return b;
        return compare(all[a], all[c]) < 0 ? c : a;
    }
    if (compare(all[b], all[c]) > 0) return b;
    return compare(all[a], all[c]) < 0 ? a : c;
}

template <class T, class Compare>
std::size_t pivot_of(std::span<T> all, Compare&& compare)
{
    const std::size_t size = all.size();
    std::size_t left = 0;
    std::size_t middle = size / 2;
    std::size_t right = size - 1;
    if (size == 7) return middle;
    if (size > 40) {
        const std::size_t step = size / 8;
        left = middle_of(all, left, left + step, left + 2 * step, compare);
        middle = middle_of(all, middle - step, middle, middle + step, compare);
        right = middle_of(all, right - 2 * step, right - step, right, compare);
    }
    return middle_of(all, left, middle, right, compare);
}

// How many are less than the pivot, which is the first, and how many are greater. They stand at the
// beginning and at the end; those that equal it gather at both ends and go to the middle at last.
template <class T, class Compare>
std::pair<std::size_t, std::size_t> partition(std::span<T> all, Compare&& compare)
{
    const std::size_t size = all.size();
    std::size_t equal_left = 1;
    std::size_t low = 1;
    std::size_t high = size;  // behind what has not been looked at
    std::size_t equal_right = size;
    for (;;) {
        int order = 0;
        for (; low < high && (order = compare(all[low], all[0])) <= 0; ++low)
            if (order == 0) std::swap(all[equal_left++], all[low]);
        for (; low < high && (order = compare(all[high - 1], all[0])) >= 0; --high)
            if (order == 0) std::swap(all[high - 1], all[--equal_right]);
        if (low >= high) break;
        std::swap(all[low++], all[--high]);
    }
    const auto swap_blocks = [&](std::size_t a, std::size_t b, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) std::swap(all[a + i], all[b + i]);
    };
    const std::size_t less = low - equal_left;
    const std::size_t greater = equal_right - high;
    const std::size_t to_left = std::min(equal_left, less);
    swap_blocks(0, low - to_left, to_left);
    const std::size_t to_right = std::min(greater, size - equal_right);
    swap_blocks(low, size - to_right, to_right);
    return {less, greater};
}

}  // namespace detail

// compare(a, b) is negative, 0 or positive.
template <class T, class Compare>
void partial_quicksort(std::span<T> all, std::size_t wanted, Compare&& compare)
{
    for (;;) {
        const std::size_t size = all.size();
        if (size < 7) {
            for (std::size_t i = 1; i < size; ++i)
                for (std::size_t j = i; j > 0 && compare(all[j - 1], all[j]) > 0; --j)
                    std::swap(all[j], all[j - 1]);
            return;
        }
        std::swap(all[0], all[detail::pivot_of(all, compare)]);
        const auto [less, greater] = detail::partition(all, compare);
        if (less > 1) partial_quicksort(all.first(less), wanted, compare);
        const std::size_t before = size - greater;
        if (greater <= 1 || before >= wanted) return;
        all = all.last(greater);
        wanted -= before;
    }
}

}  // namespace mini_redis::commands
