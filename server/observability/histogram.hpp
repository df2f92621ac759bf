// A histogram of durations: eight buckets to each doubling, so any quantile is right to an eighth.
//
// One thread adds, any thread reads; histograms of several threads are merged by whoever asks.
#pragma once

#include "server/runtime/counter.hpp"

#include <array>
#include <bit>
#include <cstdint>

namespace mini_redis::observability {

class Histogram {
public:
    static constexpr unsigned sub_bits = 3;
    static constexpr std::size_t bucket_count = (40 - sub_bits + 1) << sub_bits;  // up to 2^40

    void add(std::uint64_t value) { buckets_[bucket_of(value)].add(); }

    std::uint64_t count(std::size_t bucket) const { return buckets_[bucket].get(); }

    // The largest value that falls into a bucket.
    static constexpr std::uint64_t upper_bound(std::size_t bucket)
    {
        if (bucket < (1U << sub_bits)) return bucket;
        const std::size_t shift = (bucket >> sub_bits) - 1;
        return ((((bucket & ((1U << sub_bits) - 1)) | (1U << sub_bits)) + 1) << shift) - 1;
    }

    static constexpr std::size_t bucket_of(std::uint64_t value)
    {
        if (value < (1U << sub_bits)) return value;
        const auto shift = static_cast<unsigned>(std::bit_width(value)) - sub_bits - 1;
        const std::size_t bucket =
            ((shift + 1) << sub_bits) + ((value >> shift) & ((1U << sub_bits) - 1));
        return bucket < bucket_count ? bucket : bucket_count - 1;
    }

private:
    std::array<runtime::Counter, bucket_count> buckets_;
};

// Several threads' histograms added up.
struct HistogramSum {
    std::array<std::uint64_t, Histogram::bucket_count> counts{};
    std::uint64_t total = 0;

    void add(const Histogram& histogram)
    {
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const std::uint64_t count = histogram.count(i);  // once: it may grow meanwhile
            counts[i] += count;
            total += count;
        }
    }

    // Takes away what was there before, as when nothing had been counted by then.
    void subtract(const HistogramSum& before)
    {
        for (std::size_t i = 0; i < counts.size(); ++i) counts[i] -= before.counts[i];
        total -= before.total;
    }

    // The value below which `percent` of all lie, as the upper end of its bucket.
    std::uint64_t percentile(double percent) const
    {
        const double wanted = percent / 100.0 * static_cast<double>(total);
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            seen += counts[i];
            if (counts[i] != 0 && static_cast<double>(seen) >= wanted)
                return Histogram::upper_bound(i);
        }
        return 0;
    }
};

}  // namespace mini_redis::observability
