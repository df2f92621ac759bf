// Up to so many elements side by side, which neighbours may hand to each other: a node of a tree.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace mini_redis::values {

template <class T, std::uint32_t Max>
class Row {
public:
    static constexpr std::uint32_t max = Max;

    std::uint32_t size() const { return size_; }
    T& operator[](std::uint32_t index) { return elements_[index]; }
    const T& operator[](std::uint32_t index) const { return elements_[index]; }
    const T& last() const { return elements_[size_ - 1]; }

    void insert(std::uint32_t index, const T& element)
    {
        std::copy_backward(at(index), at(size_), at(size_ + 1));
        elements_[index] = element;
        ++size_;
    }
    void erase(std::uint32_t index)
    {
        std::copy(at(index + 1), at(size_), at(index));
        --size_;
    }

    // So many of its last ones, to stand in front of those the next row has.
    void give_last(std::uint32_t count, Row& next)
    {
        std::copy_backward(next.at(0), next.at(next.size_), next.at(next.size_ + count));
        std::copy(at(size_ - count), at(size_), next.at(0));
        size_ -= count;
        next.size_ += count;
    }
    // So many of its first ones, to stand behind those the previous row has.
    void give_first(std::uint32_t count, Row& previous)
    {
        std::copy(at(0), at(count), previous.at(previous.size_));
        std::copy(at(count), at(size_), at(0));
        size_ -= count;
        previous.size_ += count;
    }

    // How many stand in front for which before(element) is true; the first `known` do.
    template <class Before>
    std::uint32_t count(Before&& before, std::uint32_t known = 0) const
    {
        const auto begin = elements_.begin();
        return static_cast<std::uint32_t>(
            std::partition_point(begin + known, begin + size_, before) - begin);
    }

private:
    T* at(std::uint32_t index) { return elements_.data() + index; }

    std::uint32_t size_ = 0;
    std::array<T, Max> elements_;
};

}  // namespace mini_redis::values
