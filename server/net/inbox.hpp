// The bytes of one client that are not yet consumed, and the room for more.
//
// It begins with 256 bytes. One whose reads fill what it has gets 16 KiB; all is given back when it
// has been quiet for a while. Beyond that the room doubles as bytes arrive, never because a header
// promised them.
#pragma once

#include "server/runtime/asio.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

namespace mini_redis::net {

class Inbox {
public:
    static constexpr std::size_t first_capacity = 256;
    static constexpr std::size_t busy_capacity = 16 * 1024;
    static constexpr std::size_t kept_capacity = 64 * 1024;  // at most, once empty

    std::string_view unconsumed() const { return {memory_.get() + begin_, end_ - begin_}; }
    std::size_t capacity() const { return capacity_; }
    std::size_t free() const { return capacity_ - end_; }

    // Where the next read goes, one byte at least.
    runtime::asio::mutable_buffer room()
    {
        if (begin_ == end_) {
            begin_ = end_ = 0;
            if (capacity_ > kept_capacity) resize(busy_capacity);
        }
        if (filled_ || end_ == capacity_) make_room();
        return {memory_.get() + end_, capacity_ - end_};
    }

    void received(std::size_t count)
    {
        end_ += count;
        filled_ = end_ == capacity_;
    }

    void consume(std::size_t count) { begin_ += count; }

    // Gives its memory back if nothing is in it: whether it had any.
    bool release()
    {
        if (begin_ != end_ || capacity_ == 0) return false;
        *this = {};
        return true;
    }

private:
    // Book: copying/room. Bytes move when half of the room is gained by it, or the room doubles.
    void make_room()
    {
        filled_ = false;
        const std::size_t size = end_ - begin_;
        if (size * 2 <= capacity_ && capacity_ >= busy_capacity) {
            std::memmove(memory_.get(), memory_.get() + begin_, size);
            begin_ = 0;
            end_ = size;
        } else {
            resize(capacity_ == 0 ? first_capacity : std::max(busy_capacity, size * 2));
        }
    }

    void resize(std::size_t capacity)
    {
        auto memory = std::make_unique_for_overwrite<char[]>(capacity);
        const std::size_t size = end_ - begin_;
        if (size != 0) std::memcpy(memory.get(), memory_.get() + begin_, size);
        memory_ = std::move(memory);
        capacity_ = capacity;
        begin_ = 0;
        end_ = size;
    }

    std::unique_ptr<char[]> memory_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool filled_ = false;  // the last read took all the room there was: there may be more
};

}  // namespace mini_redis::net
