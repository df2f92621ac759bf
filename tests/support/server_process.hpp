// A server as a child process: redis-server, or ours, for both take the same flags.
// It runs in a folder of its own that goes when it goes, on a loopback port that was free (and,
// beside it, on a Unix socket in that folder). Nothing here sleeps: to wait for the server is to
// wait for its end with a short deadline, and to try again.
#pragma once

#include "tests/support/words.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>

namespace mini_redis::tests {

class ServerProcess {
public:
    // Starts it and returns once it answers PING (with whatever it likes).
    // Throws std::runtime_error, with what the server printed, if it does not within ten seconds.
    explicit ServerProcess(const std::filesystem::path& binary, const Words& arguments = {});
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;
    // SIGTERM, and SIGKILL to one that takes longer than five seconds.
    ~ServerProcess();

    std::uint16_t port() const { return port_; }
    std::string unix_socket() const { return folder_ / "socket"; }
    const std::filesystem::path& folder() const { return folder_; }
    pid_t pid() const { return pid_; }

    // What it printed so far, to stdout and stderr.
    std::string log() const;

    bool running();
    // Waits for the end: the exit code, or 128 + the signal that ended it (as a shell says it);
    // nothing when it is still running after `limit`.
    std::optional<int> wait(std::chrono::milliseconds limit);
    void signal(int number);
    // SIGTERM, then SIGKILL; what wait() would give.
    int stop();

private:
    bool started(const std::filesystem::path& binary, const Words& arguments);
    void spawn(const Words& words);
    bool answers() const;

    std::filesystem::path folder_;
    std::uint16_t port_ = 0;
    pid_t pid_ = -1;
    int process_ = -1;  // the pidfd: readable once the process has ended
    std::optional<int> exit_code_;
};

}  // namespace mini_redis::tests
