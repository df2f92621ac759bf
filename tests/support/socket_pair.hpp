// Two sockets of this machine, each of which is the other end of the other.
#pragma once

#include "server/runtime/descriptor.hpp"

#include <new>
#include <sys/socket.h>

namespace mini_redis::tests {

struct SocketPair {
    // They do not block unless told to by `flags`.
    explicit SocketPair(int flags = SOCK_NONBLOCK)
    {
        int ends[2] = {};
        if (::socketpair(AF_UNIX, SOCK_STREAM | flags, 0, ends) != 0) throw std::bad_alloc();
        mine = runtime::Descriptor(ends[0]);
        theirs = runtime::Descriptor(ends[1]);
    }

    runtime::Descriptor mine{-1}, theirs{-1};
};

}  // namespace mini_redis::tests
