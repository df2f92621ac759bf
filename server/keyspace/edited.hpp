// A collection to change, and the rule of all of them: a key whose collection is vacant is not
// there.
#pragma once

#include "server/keyspace/collection.hpp"
#include "server/keyspace/view.hpp"

namespace mini_redis::keyspace {

// Whether nothing would be lost with it: it is empty, unless its class says otherwise.
template <class Collection>
bool is_vacant(const Collection& collection)
{
    if constexpr (requires { collection.vacant(); })
        return collection.vacant();
    else
        return collection.empty();
}

// Made where the key is not there. What was changed is to be reported before this one ends, which
// removes the key if nothing is left and reports that.
template <class Collection>
class Edited {
public:
    // `found` is what View::find() found; where that is null, whatever is there is replaced.
    Edited(View& view, const Key& key, const Entry* found)
        : view_(view),
          key_(key),
          entry_(view.collection(key, type_of<Collection>, found)),
          collection_(Collection::adopt(entry_->held()))
    {
    }
    ~Edited()
    {
        const bool vacant = is_vacant(collection_);
        entry_->hold(collection_.release());
        if (vacant) view_.drop_vacant(key_);
    }
    Edited(const Edited&) = delete;
    Edited& operator=(const Edited&) = delete;

    Collection& operator*() { return collection_; }
    Collection* operator->() { return &collection_; }

private:
    View& view_;
    const Key& key_;
    Entry* entry_;
    Collection collection_;
};

}  // namespace mini_redis::keyspace
