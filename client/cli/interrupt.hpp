// Ctrl-C, as something that can be waited for beside a socket.
//
// While one of these lives, SIGINT no longer ends the program: it makes a descriptor readable.
// There may be one at a time, since a process has but one SIGINT.
#pragma once

#include <chrono>

namespace mini_redis::cli {

class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    // Readable from the signal until forget().
    int descriptor() const { return descriptor_; }
    bool raised() const;
    void forget();

private:
    int descriptor_;
};

// Lets the time pass. Returns early, and true, if the interrupt (if there is one) was raised.
bool pause(std::chrono::microseconds time, const Interrupt* interrupt);

}  // namespace mini_redis::cli
