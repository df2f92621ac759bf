// Which co_await was cancelled, and in which state: waiting, or already done and not gone on yet.
//
// In a build of its own (awaiting_frames.cmake) Asio's coroutine frames are made to remember where
// they await, and to report here whenever an operation has ended and its coroutine goes on. All
// frames of that coroutine are reported, from the one that called the operation to the outermost:
// each of them awaits. No source of ours has to be written differently for it.
//
// An operation that ended with operation_aborted was waiting when the cancellation came; one that
// ended otherwise was done, or does not listen to cancellation. Frames that are destroyed instead
// of resumed do not report.
//
// There are tasks that nobody cancels, but that are ended by closing what they wait for. Who ends
// them says so before (ending()), and posts a handler that says when it has come through the queue
// (passed()): what goes on until then was in the queue already, and so was done.
#pragma once

#include <atomic>
#include <compare>
#include <cstddef>
#include <map>
#include <mutex>
#include <source_location>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>

#include <boost/asio/error.hpp>
#include <boost/system/error_code.hpp>

namespace mini_redis::tests {

class AwaitPoints {
public:
    struct Place {
        std::string file;  // from the root of the project, if it lies there
        unsigned line = 0;
        auto operator<=>(const Place&) const = default;
    };

    // How often it went on after it had been suspended.
    struct Counts {
        std::size_t undisturbed = 0;
        std::size_t cancelled_waiting = 0;
        std::size_t cancelled_done = 0;

        bool cancelled_in_both() const { return cancelled_waiting != 0 && cancelled_done != 0; }
    };

    enum class How { undisturbed, cancelled_waiting, cancelled_done };

    // One for the program: what reports is in the midst of Asio, and cannot be handed it.
    static AwaitPoints& all()
    {
        static AwaitPoints points;
        return points;
    }

    std::size_t ending() { return ++endings_; }
    std::size_t endings() const { return endings_; }
    void passed(std::size_t ending) { passed_ = ending; }
    bool has_passed(std::size_t ending) const { return passed_ >= ending; }

    void report(const std::source_location& place, How how)
    {
        const std::lock_guard lock(mutex_);
        Counts& counts = counts_[{within_project(place.file_name()), place.line()}];
        if (how == How::undisturbed) ++counts.undisturbed;
        if (how == How::cancelled_waiting) ++counts.cancelled_waiting;
        if (how == How::cancelled_done) ++counts.cancelled_done;
    }

    // What was seen of files whose path begins so.
    std::map<Place, Counts> seen(std::string_view path = "") const
    {
        const std::lock_guard lock(mutex_);
        std::map<Place, Counts> found;
        for (const auto& [place, counts] : counts_)
            if (place.file.starts_with(path)) found.emplace(place, counts);
        return found;
    }

    void forget()
    {
        const std::lock_guard lock(mutex_);
        counts_.clear();
    }

private:
    static std::string within_project(std::string_view file)
    {
        static const std::string_view root = [] {
            std::string_view self = std::source_location::current().file_name();
            self.remove_suffix(std::string_view("tests/support/await_points.hpp").size());
            return self;
        }();
        if (file.starts_with(root)) file.remove_prefix(root.size());
        return std::string(file);
    }

    mutable std::mutex mutex_;
    std::map<Place, Counts> counts_;
    std::atomic<std::size_t> endings_ = 0;
    std::atomic<std::size_t> passed_ = 0;
};

// What a frame of Asio's is given to remember.
struct AwaitingFrame {
    void awaits(const std::source_location& where)
    {
        place = where;
        known = true;
    }
    template <class Frames>
    void suspended(bool is_cancelled, Frames&&)
    {
        cancelled_before = is_cancelled;
        endings_before = AwaitPoints::all().endings();
        aborted = false;
    }
    void ended(const boost::system::error_code& error)
    {
        aborted = error == boost::asio::error::operation_aborted;
    }
    // What an operation under as_tuple yields; anything else says nothing.
    template <class Result>
    void yields(const Result&)
    {
    }
    template <class... Rest>
    void yields(const std::tuple<boost::system::error_code, Rest...>& result)
    {
        ended(std::get<0>(result));
    }

    // `frames` calls what it is given with each frame, from this one to the outermost.
    template <class Frames>
    void goes_on(bool is_cancelled, Frames&& frames)
    {
        const AwaitPoints::How ended_so = how(is_cancelled);
        frames([&](const AwaitingFrame& frame) {
            if (frame.known) AwaitPoints::all().report(frame.place, ended_so);
        });
    }

    AwaitPoints::How how(bool is_cancelled) const
    {
        const AwaitPoints& all = AwaitPoints::all();
        if (all.endings() != endings_before)
            return all.has_passed(endings_before + 1) ? AwaitPoints::How::cancelled_waiting
                                                      : AwaitPoints::How::cancelled_done;
        if (!is_cancelled || cancelled_before) return AwaitPoints::How::undisturbed;
        return aborted ? AwaitPoints::How::cancelled_waiting : AwaitPoints::How::cancelled_done;
    }

    std::source_location place;
    bool known = false;
    bool cancelled_before = false;
    std::size_t endings_before = 0;
    bool aborted = false;
};

}  // namespace mini_redis::tests
