// Writing and removing.
#include "server/pid_file.hpp"

#include "server/observability/log.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <unistd.h>
#include <utility>

namespace mini_redis::server {

PidFile::PidFile(std::string path) : path_(std::move(path))
{
    if (path_.empty()) return;
    std::ofstream file(path_);
    file << ::getpid() << '\n' << std::flush;
    if (file) return;
    observability::log_warning("cannot write the pidfile {}: {}", path_, std::strerror(errno));
    path_.clear();
}

PidFile::~PidFile()
{
    if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace mini_redis::server
