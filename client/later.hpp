// A handler that is posted to an io_context in memory that is there already: it cannot fail.
//
// What everybody waits for is often told by one post; had it to allocate, there would be a moment
// without memory in which nobody is told anything, for ever. Only one at a time is under way, which
// whoever posts sees to; its memory is free again when it is called.
#pragma once

#include "client/asio.hpp"

#include <cstddef>
#include <utility>

namespace mini_redis::client {

class Later {
public:
    Later() = default;
    Later(const Later&) = delete;
    Later& operator=(const Later&) = delete;

    // The handler has to keep this alive until it is called or destroyed.
    template <class Handler>
    void post(const Executor& executor, Handler handler)
    {
        asio::post(executor, Posted<Handler>{place_, std::move(handler)});
    }

private:
    static constexpr std::size_t place_bytes = 128;

    template <class T>
    struct InPlace {
        using value_type = T;
        explicit InPlace(std::byte* memory) : place(memory) {}
        template <class Other>
        InPlace(const InPlace<Other>& other) : place(other.place)  // NOLINT: allocators convert
        {
        }
        T* allocate(std::size_t)
        {
            static_assert(sizeof(T) <= place_bytes && alignof(T) <= alignof(std::max_align_t));
            return reinterpret_cast<T*>(place);
        }
        void deallocate(T*, std::size_t) {}
        friend bool operator==(const InPlace&, const InPlace&) = default;

        std::byte* place;
    };

    // Asio asks a handler for its allocator.
    template <class Handler>
    struct Posted {
        using allocator_type = InPlace<void>;
        allocator_type get_allocator() const noexcept { return allocator_type(place); }
        void operator()() { std::move(handler)(); }

        std::byte* place;
        Handler handler;
    };

    alignas(std::max_align_t) std::byte place_[place_bytes];
};

}  // namespace mini_redis::client
