# Asio's coroutine frames, made to tell where they await.
#
# A co_await does not pass its place to Asio, but it evaluates the default arguments of
# await_transform: with a std::source_location there, every co_await tells where it is. So a copy of
# that header of the installed Boost is written into the build folder, changed in seven places, and
# found first by who is compiled with it. The frames get larger: all that awaits in a program is
# compiled with it, or nothing.
#
#   mini_redis_awaiting_frames(folder header type)
#
# writes the copy for a kind of frame: `type`, which `header` defines, is what each frame remembers,
# and hears awaits(), suspended(), goes_on(), ended() and yields().

function(mini_redis_replace text from to)
    string(FIND "${${text}}" "${from}" found)
    if(found EQUAL -1)
        message(FATAL_ERROR "Boost's awaitable.hpp has no\n${from}")
    endif()
    string(REPLACE "${from}" "${to}" result "${${text}}")
    set(${text} "${result}" PARENT_SCOPE)
endfunction()

function(mini_redis_awaiting_frames folder header type)
file(READ ${Boost_INCLUDE_DIRS}/boost/asio/impl/awaitable.hpp frames)
mini_redis_replace(frames "#include <exception>"
    "#include <exception>\n#include <source_location>\n#include \"${header}\"")
mini_redis_replace(frames
    "auto await_transform(awaitable<T, Executor> a) const\n  {"
    "auto await_transform(awaitable<T, Executor> a,
      std::source_location place = std::source_location::current()) const
  {
    await_point_.awaits(place);")
mini_redis_replace(frames
    "typename constraint<is_async_operation<Op>::value>::type = 0)\n  {"
    "typename constraint<is_async_operation<Op>::value>::type = 0,
      std::source_location place = std::source_location::current())
  {
    await_point_.awaits(place);")
mini_redis_replace(frames
    "void set_error(const boost::system::error_code& ec)\n  {"
    "void set_error(const boost::system::error_code& ec)
  {
    await_point_.ended(ec);")
mini_redis_replace(frames
    "void return_value(U&& u)\n  {"
    "void return_value(U&& u)
  {
    this->await_point_.yields(u);")
mini_redis_replace(frames
    "void clear_cancellation_slot()\n  {"
    "void clear_cancellation_slot()
  {
    await_point_.goes_on(!!this->attached_thread_->get_cancellation_state().cancelled(),
        [this](auto visit) {
          for (auto* frame = this; frame; frame = frame->caller_) visit(frame->await_point_);
        });")
mini_redis_replace(frames
    "awaitable_thread<Executor>* detach_thread() noexcept\n  {"
    "awaitable_thread<Executor>* detach_thread() noexcept
  {
    await_point_.suspended(!!attached_thread_->get_cancellation_state().cancelled(),
        [this](auto visit) {
          for (auto* frame = this; frame; frame = frame->caller_) visit(frame->await_point_);
        });")
mini_redis_replace(frames
    "  coroutine_handle<void> coro_ = nullptr;"
    "  mutable ${type} await_point_;
  coroutine_handle<void> coro_ = nullptr;")
file(WRITE ${folder}/boost/asio/impl/awaitable.hpp.new "${frames}")
file(COPY_FILE ${folder}/boost/asio/impl/awaitable.hpp.new
     ${folder}/boost/asio/impl/awaitable.hpp ONLY_IF_DIFFERENT)
endfunction()
