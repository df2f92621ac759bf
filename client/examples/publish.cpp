// Publishes a message, in a program that may wait.
//
//   publish URL CHANNEL MESSAGE
#include "client/blocking_client.hpp"

#include <iostream>

using namespace mini_redis;

int main(int argc, char** argv)
try {
    if (argc != 4) return std::cerr << "usage: publish URL CHANNEL MESSAGE\n", 2;
    client::BlockingClient redis(argv[1]);
    const auto heard = redis.publish(argv[2], argv[3]);
    std::cout << "heard by " << heard.value() << '\n';
} catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
}
