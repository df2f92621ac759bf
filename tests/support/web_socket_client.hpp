// A WebSocket client for tests: it waits.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

namespace mini_redis::tests {

class WebSocketClient {
public:
    using Headers = std::initializer_list<std::pair<const char*, std::string>>;

    // Throws if it is refused; why not says refusal().
    WebSocketClient(std::uint16_t port, const std::string& target, Headers headers = {})
        : WebSocketClient(port)
    {
        if (const unsigned status = open(target, headers); status != 101)
            throw std::runtime_error("refused: " + std::to_string(status));
    }

    // The HTTP status with which it was refused, or 101.
    static unsigned status(std::uint16_t port, const std::string& target, Headers headers = {})
    {
        return WebSocketClient(port).open(target, headers);
    }

    // Which protocol was chosen.
    std::string protocol() const
    {
        const auto name = response_[boost::beast::http::field::sec_websocket_protocol];
        return {name.data(), name.size()};
    }

    void send_text(std::string_view text)
    {
        socket_.text(true);
        socket_.write(boost::asio::buffer(text.data(), text.size()));
    }
    void send_binary(std::string_view bytes)
    {
        socket_.binary(true);
        socket_.write(boost::asio::buffer(bytes.data(), bytes.size()));
    }

    // One message. Throws at the end.
    std::string receive()
    {
        boost::beast::flat_buffer buffer;
        socket_.read(buffer);
        return boost::beast::buffers_to_string(buffer.data());
    }
    // Messages until they are as long together.
    std::string receive(std::size_t bytes)
    {
        std::string all;
        while (all.size() < bytes) all += receive();
        return all;
    }

    // Whether there is nothing more but the end.
    bool ends()
    {
        boost::beast::flat_buffer buffer;
        boost::system::error_code error;
        socket_.read(buffer, error);
        return error.failed();
    }

private:
    explicit WebSocketClient(std::uint16_t port) : socket_(context_)
    {
        socket_.next_layer().connect({boost::asio::ip::address_v4::loopback(), port});
    }

    unsigned open(const std::string& target, Headers headers)
    {
        namespace websocket = boost::beast::websocket;
        socket_.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
            for (const auto& [name, value] : headers) request.set(name, value);
        }));
        boost::system::error_code error;
        socket_.handshake(response_, "localhost", target, error);
        return response_.result_int();
    }

    boost::asio::io_context context_;
    boost::beast::websocket::stream<boost::asio::ip::tcp::socket> socket_;
    boost::beast::websocket::response_type response_;
};

}  // namespace mini_redis::tests
