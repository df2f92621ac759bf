// What observers are let see of the server.
#pragma once

#include "server/admin/house.hpp"
#include "server/net/graceful_shutdown.hpp"
#include "server/net/worker.hpp"

#include <memory>
#include <vector>

namespace mini_redis::server {

class Windows final : public admin::House {
public:
    // All outlive it.
    Windows(std::vector<std::unique_ptr<net::Worker>>& workers, dispatch::Services& services,
            const std::unique_ptr<net::GracefulShutdown>& shutdown)
        : workers_(workers), services_(services), shutdown_(shutdown)
    {
    }

    runtime::Descriptor open_session() override;
    std::string password() const override { return services_.config.requirepass.get(); }
    admin::ShutdownSeen look_at_shutdown() const override;
    void look_at_tasks(Then then) override;

private:
    std::vector<std::unique_ptr<net::Worker>>& workers_;
    dispatch::Services& services_;
    const std::unique_ptr<net::GracefulShutdown>& shutdown_;
};

}  // namespace mini_redis::server
