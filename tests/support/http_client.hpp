// An HTTP client for tests: one request at a time, and it waits.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace mini_redis::tests {

class HttpClient {
public:
    using Headers = std::initializer_list<std::pair<const char*, std::string>>;
    using Response = boost::beast::http::response<boost::beast::http::string_body>;

    explicit HttpClient(std::uint16_t port) : socket_(context_)
    {
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    }

    // With the header that names the server, unless another is given. Throws if there is no answer.
    Response get(const std::string& target, Headers headers = {})
    {
        namespace http = boost::beast::http;
        http::request<http::empty_body> request(http::verb::get, target, 11);
        request.set(http::field::host, "localhost");
        for (const auto& [name, value] : headers) request.set(name, value);
        http::write(socket_, request);
        return receive();
    }

    void send(std::string_view bytes)
    {
        boost::asio::write(socket_, boost::asio::buffer(bytes.data(), bytes.size()));
    }

    Response receive()
    {
        Response response;
        boost::beast::http::read(socket_, buffer_, response);
        return response;
    }

    // Whether the server closes it, and has no more to say.
    bool ends()
    {
        boost::system::error_code error;
        char byte = 0;
        socket_.read_some(boost::asio::buffer(&byte, 1), error);
        return error == boost::asio::error::eof || error == boost::asio::error::connection_reset;
    }

private:
    boost::asio::io_context context_;
    boost::asio::ip::tcp::socket socket_;
    boost::beast::flat_buffer buffer_;
};

}  // namespace mini_redis::tests
