// Printing addresses.
#include "server/net/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>

namespace mini_redis::net {
namespace {

template <class Address>
Address as(const sockaddr_storage& storage)
{
    Address address;
    std::memcpy(&address, &storage, sizeof address);
    return address;
}

}  // namespace

std::string to_text(const sockaddr_storage& address)
{
    char text[INET6_ADDRSTRLEN] = {};
    if (address.ss_family == AF_INET) {
        const auto ip = as<sockaddr_in>(address);
        ::inet_ntop(AF_INET, &ip.sin_addr, text, sizeof text);
        return std::string(text) + ":" + std::to_string(ntohs(ip.sin_port));
    }
    if (address.ss_family == AF_INET6) {
        const auto ip = as<sockaddr_in6>(address);
        ::inet_ntop(AF_INET6, &ip.sin6_addr, text, sizeof text);
        return "[" + std::string(text) + "]:" + std::to_string(ntohs(ip.sin6_port));
    }
    const auto local = as<sockaddr_un>(address);
    return std::string(local.sun_path, ::strnlen(local.sun_path, sizeof local.sun_path)) + ":0";
}

bool is_local(const sockaddr_storage& address)
{
    if (address.ss_family == AF_INET)
        return (ntohl(as<sockaddr_in>(address).sin_addr.s_addr) >> 24) == 127;
    if (address.ss_family == AF_INET6) {
        const auto ip = as<sockaddr_in6>(address);
        return IN6_IS_ADDR_LOOPBACK(&ip.sin6_addr) ||
               (IN6_IS_ADDR_V4MAPPED(&ip.sin6_addr) && ip.sin6_addr.s6_addr[12] == 127);
    }
    return true;
}

}  // namespace mini_redis::net
