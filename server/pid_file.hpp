// The file that says which process is the server; it goes when the server goes.
#pragma once

#include <string>

namespace mini_redis::server {

class PidFile {
public:
    // No path, no file. One that cannot be written is a warning in the log.
    explicit PidFile(std::string path);
    ~PidFile();
    PidFile(const PidFile&) = delete;
    PidFile& operator=(const PidFile&) = delete;

private:
    std::string path_;
};

}  // namespace mini_redis::server
