// Encoding, once.
#include "server/pubsub/message.hpp"

#include "protocol/buffer.hpp"
#include "protocol/writer.hpp"

namespace mini_redis::pubsub {
namespace {

constexpr std::size_t around_two_bulks = 2 * (protocol::header_bytes_max + 2);

void append_bulk(std::string& out, std::string_view text)
{
    char header[protocol::header_bytes_max];
    const char* const end = protocol::write_header(header, protocol::type::bulk,
                                                   static_cast<std::int64_t>(text.size()));
    out.append(header, static_cast<std::size_t>(end - header));
    out += text;
    out += "\r\n";
}

}  // namespace

Message::Message(Kind kind, std::string_view channel, std::string_view payload, bool for_patterns)
    : channel_size_(channel.size()), kind_(kind), for_patterns_(for_patterns)
{
    body_.reserve(channel.size() + payload.size() + around_two_bulks);
    append_bulk(body_, channel);
    channel_at_ = body_.size() - channel.size() - 2;
    append_bulk(body_, payload);
}

std::string head_of(Kind kind, std::string_view name)
{
    std::string head = kind == Kind::pattern ? "*4\r\n" : "*3\r\n";
    append_bulk(head, kind == Kind::channel         ? "message"
                      : kind == Kind::shard_channel ? "smessage"
                                                    : "pmessage");
    if (kind == Kind::pattern) append_bulk(head, name);
    return head;
}

}  // namespace mini_redis::pubsub
