// Growable contiguous bytes: what waits to be sent.
//
//   memory_         first_                last_              limit_
//   |   consumed    |   the content       |   room           |
//
// Written at the end, consumed at the front. To consume moves no bytes: the gap is closed when room
// is needed, and until then views of what was consumed stay good. The memory is never zero-filled,
// and is given back only by release().
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

namespace mini_redis::protocol {

class Buffer {
public:
    Buffer() = default;
    Buffer(Buffer&& other) noexcept { swap(other); }
    Buffer& operator=(Buffer&& other) noexcept
    {
        Buffer(std::move(other)).swap(*this);
        return *this;
    }
    ~Buffer() { release(); }

    const char* data() const { return first_; }
    char* data() { return first_; }
    std::size_t size() const { return static_cast<std::size_t>(last_ - first_); }
    bool empty() const { return first_ == last_; }
    std::size_t capacity() const { return static_cast<std::size_t>(limit_ - memory_); }
    std::string_view view() const { return {first_, size()}; }

    // At least `bytes` writable bytes behind the content; grew() then makes them content.
    // Throws std::bad_alloc.
    char* room(std::size_t bytes)
    {
        if (static_cast<std::size_t>(limit_ - last_) < bytes) [[unlikely]]
            make_room(bytes);
        return last_;
    }
    std::size_t free_room() const { return static_cast<std::size_t>(limit_ - last_); }
    void grew(std::size_t bytes) { last_ += bytes; }
    void grew_to(char* end) { last_ = end; }

    void append(std::string_view bytes)
    {
        if (bytes.empty()) return;
        std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
        last_ += bytes.size();
    }

    // Drops a prefix, at most size() bytes.
    void consume(std::size_t bytes)
    {
        first_ += bytes;
        if (first_ == last_) clear();
    }
    // Drops a suffix: the content becomes its first `bytes` bytes.
    void truncate(std::size_t bytes) { last_ = first_ + bytes; }
    void clear() { first_ = last_ = memory_; }
    void release() noexcept;

    void swap(Buffer& other) noexcept
    {
        std::swap(memory_, other.memory_);
        std::swap(first_, other.first_);
        std::swap(last_, other.last_);
        std::swap(limit_, other.limit_);
    }

private:
    void make_room(std::size_t bytes);

    char* memory_ = nullptr;
    char* first_ = nullptr;
    char* last_ = nullptr;
    char* limit_ = nullptr;
};

}  // namespace mini_redis::protocol
