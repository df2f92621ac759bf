// The one allocation that fails: counted from when it is armed, over operator new, aligned_alloc
// (where Asio has its handlers and frames from) and realloc (protocol::Buffer).
#pragma once

#include <cstddef>

namespace mini_redis::tests {

struct Failing {
    static inline bool armed = false;
    static inline std::size_t left = 0;    // until it fails
    static inline std::size_t failed = 0;  // how many did

    // To be asked by whatever allocates.
    static bool now()
    {
        if (!armed || left-- != 0) return false;
        armed = false;  // one only
        ++failed;
        return true;
    }
};

// While it lives, the n-th allocation fails.
class Armed {
public:
    explicit Armed(std::size_t n)
    {
        Failing::failed = 0;
        Failing::left = n;
        Failing::armed = true;
    }
    Armed(const Armed&) = delete;
    Armed& operator=(const Armed&) = delete;
    ~Armed() { Failing::armed = false; }
};

// While it lives nothing fails, for what is done is not the client's.
class Spared {
public:
    Spared() { Failing::armed = false; }
    Spared(const Spared&) = delete;
    Spared& operator=(const Spared&) = delete;
    ~Spared() { Failing::armed = armed_; }

private:
    bool armed_ = Failing::armed;
};

}  // namespace mini_redis::tests
