// What a browser may do with what is served here: nothing that comes from, or goes to, elsewhere.
#pragma once

#include "server/admin/http.hpp"

#include <string>
#include <string_view>

namespace mini_redis::admin {

// A text that nobody could have known, for one answer.
std::string make_nonce();

// The headers every answer has. Styles that carry `nonce` are applied, too, if it is given: a
// library's, which makes them at run time.
void protect(Response& response, std::string_view nonce = {});

}  // namespace mini_redis::admin
