"""Child processes that cannot be forgotten, and what they cost.

Every child has a session of its own, so that Ctrl-C reaches us alone and we stop the others in
order; and the kernel kills it should we be killed. Children run at the highest nice level that
is allowed, all of them equally, so that only strangers wait. Servers and clients keep to CPUs of
their own, unless told otherwise: whether the two happen to share one changes the cost of a
request by a tenth.
"""

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
CPUCLOCK_SCHED = 2
URGENT = -20
TICKS = os.sysconf("SC_CLK_TCK")

_libc = ctypes.CDLL(None)


def come_first():
    """Puts this process before other people's work, where that is allowed."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, URGENT)
        # Where sessions are scheduled as groups, only the group's nice counts between them.
        Path("/proc/self/autogroup").write_text(str(URGENT))


class Placement:
    """Which CPUs a process is kept on: servers and clients apart, or all wherever they like."""

    apart = True

    @classmethod
    def for_server(cls, threads):
        cpus = sorted(os.sched_getaffinity(0))
        return cpus[:threads] if cls.apart else cpus

    @classmethod
    def for_clients(cls):
        """The last CPU, none of a server's where there are enough."""
        cpus = sorted(os.sched_getaffinity(0))
        return cpus[-1:] if cls.apart else cpus


def spawn(command, cpus, **options):
    """subprocess.Popen on these CPUs; the child dies with us and yields to nobody else's work."""

    def settle_in():
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.sched_setaffinity(0, cpus)
        come_first()

    return subprocess.Popen(command, start_new_session=True, preexec_fn=settle_in, **options)


def cpu_of(pid):
    """CPU seconds of a process so far, by the kernel's clock of it: exact to nanoseconds, all
    threads, also those that have ended."""
    return time.clock_gettime((~pid << 3) | CPUCLOCK_SCHED)


def ticks_of(pid):
    """CPU seconds so far as (user, system): sampled, and only as fine as a clock tick."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) / TICKS, int(fields[12]) / TICKS


def raise_file_limit(wanted):
    """Lifts the limit of open files, which children inherit, to wanted or as far as allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for limit in ((wanted, max(wanted, hard)), (min(wanted, hard), hard)):
        if soft < wanted:
            try:
                return resource.setrlimit(resource.RLIMIT_NOFILE, limit)
            except (OSError, ValueError):
                continue


class Onlookers:
    """How much CPU others took meanwhile: the best single sign of a noisy measurement."""

    def __init__(self):
        self._began = time.monotonic()
        self._before = self._others()

    @staticmethod
    def _others():
        user, nice, system, _, _, *interrupts_and_steal = (
            int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]
        )
        busy = (user + nice + system + sum(interrupts_and_steal)) / TICKS
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return busy - sum(one.ru_utime + one.ru_stime for one in used)

    def share(self):
        """The others' share of all CPUs since the start; our children must have ended."""
        capacity = (time.monotonic() - self._began) * (os.cpu_count() or 1)
        return max(0.0, (self._others() - self._before) / capacity)
