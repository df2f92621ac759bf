// fork, exec and a pidfd. A port that was free can be taken before the server binds it; then the
// server ends at once, and another port is tried.
#include "tests/support/server_process.hpp"

#include "tests/support/wire_client.hpp"

#include <arpa/inet.h>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::filesystem::path new_folder()
{
    auto name = (std::filesystem::temp_directory_path() / "mini-redis-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::system_error(errno, std::generic_category(), name);
    return name;
}

std::uint16_t free_port()
{
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    const bool bound = probe >= 0 && ::bind(probe, generic, size) == 0 &&
                       ::getsockname(probe, generic, &size) == 0;
    ::close(probe);
    if (!bound) throw std::system_error(errno, std::generic_category(), "bind");
    return ntohs(address.sin_port);
}

}  // namespace

ServerProcess::ServerProcess(const std::filesystem::path& binary, const Words& arguments)
    : folder_(new_folder())
{
    for (int attempt = 0; attempt < 3; ++attempt) {
        if (started(binary, arguments)) return;
        stop();
    }
    const auto said = log();
    std::filesystem::remove_all(folder_);
    throw std::runtime_error(binary.string() + " does not answer. It said:\n" + said);
}

ServerProcess::~ServerProcess()
{
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

bool ServerProcess::started(const std::filesystem::path& binary, const Words& arguments)
{
    port_ = free_port();
    Words words{binary,      "--port",       std::to_string(port_), "--bind",
                "127.0.0.1", "--unixsocket", unix_socket()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    spawn(words);
    for (const auto deadline = Clock::now() + 10s; Clock::now() < deadline;) {
        if (answers()) return true;
        if (wait(2ms)) return false;
    }
    return false;
}

void ServerProcess::spawn(const Words& words)
{
    const auto log_file = (folder_ / "log").string();
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    exit_code_.reset();
    pid_ = ::fork();
    if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const int log = ::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (log >= 0 && ::dup2(log, STDOUT_FILENO) >= 0 && ::dup2(log, STDERR_FILENO) >= 0 &&
            ::chdir(folder_.c_str()) == 0)
            ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    process_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
}

bool ServerProcess::answers() const
{
    try {
        WireClient client(port_, 1s);
        if (client.ask({"PING"}).starts_with("-LOADING")) return false;
        // To leave with QUIT is to be gone from CLIENT LIST before the first test looks.
        client.ask({"QUIT"});
        client.closed_by_server();
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

std::string ServerProcess::log() const
{
    std::ostringstream text;
    text << std::ifstream(folder_ / "log").rdbuf();
    return text.str();
}

bool ServerProcess::running()
{
    return !wait(0ms);
}

std::optional<int> ServerProcess::wait(std::chrono::milliseconds limit)
{
    if (exit_code_ || pid_ < 0) return exit_code_;
    pollfd end{process_, POLLIN, 0};
    if (::poll(&end, 1, static_cast<int>(limit.count())) <= 0) return std::nullopt;
    int status = 0;
    ::waitpid(pid_, &status, 0);
    ::close(process_);
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return exit_code_;
}

void ServerProcess::signal(int number)
{
    if (running() && pid_ > 0) ::kill(pid_, number);
}

int ServerProcess::stop()
{
    signal(SIGTERM);
    auto code = wait(5s);
    if (!code) {
        signal(SIGKILL);
        code = wait(5s);
    }
    return code.value_or(-1);
}

}  // namespace mini_redis::tests
