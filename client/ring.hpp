// A queue in one block of memory, which it goes round and round; it allocates only to grow.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace mini_redis::client {

template <class T>
class Ring {
public:
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }

    T& operator[](std::size_t i) { return places_[(first_ + i) & (capacity_ - 1)]; }
    T& front() { return (*this)[0]; }

    void push_back(T element)
    {
        if (size_ == capacity_) grow();
        (*this)[size_] = std::move(element);
        ++size_;
    }
    void pop_front()
    {
        first_ = (first_ + 1) & (capacity_ - 1);
        --size_;
    }
    // The last ones go, until `size` are left.
    void shrink(std::size_t size) { size_ = size; }

private:
    void grow()
    {
        const std::size_t capacity = capacity_ == 0 ? 16 : capacity_ * 2;
        auto places = std::make_unique<T[]>(capacity);
        for (std::size_t i = 0; i < size_; ++i) places[i] = std::move((*this)[i]);
        places_ = std::move(places);
        capacity_ = capacity;
        first_ = 0;
    }

    std::unique_ptr<T[]> places_;
    std::size_t capacity_ = 0;  // a power of two
    std::size_t first_ = 0;
    std::size_t size_ = 0;
};

}  // namespace mini_redis::client
