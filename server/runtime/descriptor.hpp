// A file descriptor that is closed unless somebody takes it.
#pragma once

#include <unistd.h>
#include <utility>

namespace mini_redis::runtime {

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(other.take()) {}
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor()
    {
        if (number_ >= 0) ::close(number_);
    }

    int get() const { return number_; }
    int take() { return std::exchange(number_, -1); }

private:
    int number_;
};

}  // namespace mini_redis::runtime
