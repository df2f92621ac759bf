// The network, the time and the chance that everybody uses.
#include "client/outside.hpp"

#include "client/socket_transport.hpp"

#include <random>

namespace mini_redis::client {

Outside complete(Outside outside)
{
    if (!outside.transport)
        outside.transport = [](const Executor& executor) -> std::unique_ptr<Transport> {
            return std::make_unique<SocketTransport>(executor);
        };
    if (!outside.alarm)
        outside.alarm = [](const Executor& executor) -> std::unique_ptr<Alarm> {
            return std::make_unique<TimerAlarm>(executor);
        };
    if (!outside.chance)
        outside.chance = [engine = std::minstd_rand(std::random_device()())]() mutable {
            return std::uniform_real_distribution<double>(0, 1)(engine);
        };
    return outside;
}

}  // namespace mini_redis::client
