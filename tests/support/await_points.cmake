# Asio's coroutine frames, with the reports that await_points.hpp collects.
#
# A co_await does not pass its place to Asio, but it evaluates the default arguments of
# await_transform: with a std::source_location there, every co_await tells where it is. So a copy of
# that header of the installed Boost is written into the build folder, changed in six places, and
# found first by who is compiled with it. The frames get larger: all of a program is compiled with
# it, or nothing.
set(await_points_folder ${CMAKE_BINARY_DIR}/await_points)

function(await_points_replace text from to)
    string(FIND "${${text}}" "${from}" found)
    if(found EQUAL -1)
        message(FATAL_ERROR "await points: Boost's awaitable.hpp has no\n${from}")
    endif()
    string(REPLACE "${from}" "${to}" result "${${text}}")
    set(${text} "${result}" PARENT_SCOPE)
endfunction()

file(READ ${Boost_INCLUDE_DIRS}/boost/asio/impl/awaitable.hpp frames)
await_points_replace(frames "#include <exception>"
    "#include <exception>\n#include <source_location>\n#include \"tests/support/await_points.hpp\"")
await_points_replace(frames
    "auto await_transform(awaitable<T, Executor> a) const\n  {"
    "auto await_transform(awaitable<T, Executor> a,
      std::source_location place = std::source_location::current()) const
  {
    await_point_.awaits(place);")
await_points_replace(frames
    "typename constraint<is_async_operation<Op>::value>::type = 0)\n  {"
    "typename constraint<is_async_operation<Op>::value>::type = 0,
      std::source_location place = std::source_location::current())
  {
    await_point_.awaits(place);")
await_points_replace(frames
    "void set_error(const boost::system::error_code& ec)\n  {"
    "void set_error(const boost::system::error_code& ec)
  {
    await_point_.ended(ec);")
await_points_replace(frames
    "void return_value(U&& u)\n  {"
    "void return_value(U&& u)
  {
    this->await_point_.yields(u);")
await_points_replace(frames
    "void clear_cancellation_slot()\n  {"
    "void clear_cancellation_slot()
  {
    const auto how = await_point_.how(
        !!this->attached_thread_->get_cancellation_state().cancelled());
    for (auto* frame = this; frame; frame = frame->caller_)
      if (frame->await_point_.known)
        ::mini_redis::tests::AwaitPoints::all().report(frame->await_point_.place, how);")
await_points_replace(frames
    "awaitable_thread<Executor>* detach_thread() noexcept\n  {"
    "awaitable_thread<Executor>* detach_thread() noexcept
  {
    await_point_.suspended(!!attached_thread_->get_cancellation_state().cancelled());")
await_points_replace(frames
    "  coroutine_handle<void> coro_ = nullptr;"
    "  mutable ::mini_redis::tests::AwaitingFrame await_point_;
  coroutine_handle<void> coro_ = nullptr;")
file(WRITE ${await_points_folder}/boost/asio/impl/awaitable.hpp.new "${frames}")
file(COPY_FILE ${await_points_folder}/boost/asio/impl/awaitable.hpp.new
     ${await_points_folder}/boost/asio/impl/awaitable.hpp ONLY_IF_DIFFERENT)
