// How an entry holds a collection: by one word, and a bit that says what the word is.
#pragma once

namespace mini_redis::values {

struct Held {
    void* word = nullptr;
    bool packed = true;  // a block of its own, not a structure
};

}  // namespace mini_redis::values
