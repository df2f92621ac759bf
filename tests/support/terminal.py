"""A program and what it shows: at a terminal, as to a person, or through a pipe."""

import os
import pty
import select
import subprocess
import termios

from servers import PATIENCE


class Piped:
    """A program that speaks to a program."""

    def __init__(self, words):
        self.program = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT)
        self.output = os.dup(self.program.stdout.fileno())
        self.program.stdout.close()
        self.shown = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.program.kill()
        self.program.wait()
        os.close(self.output)

    def wait_for(self, text):
        """Reads on until `text` is shown; returns what came before it, and forgets both."""
        while text not in self.shown:
            if not select.select([self.output], [], [], PATIENCE)[0]:
                raise AssertionError(f"{text!r} is not shown, but {self.shown!r}")
            try:
                more = os.read(self.output, 4096)
            except OSError:  # the other end is closed
                more = b""
            if not more:
                raise AssertionError(f"{text!r} was never shown, but {self.shown!r}")
            self.shown += more.decode(errors="replace")
        before, self.shown = self.shown.split(text, 1)
        return before

    def wait_for_end(self):
        """Returns the exit code, or the negative number of a signal."""
        while True:
            if not select.select([self.output], [], [], PATIENCE)[0]:
                raise AssertionError(f"it does not end, but shows {self.shown!r}")
            try:
                if not os.read(self.output, 4096):
                    break
            except OSError:
                break
        return self.program.wait(PATIENCE)


class Terminal(Piped):
    """A program that believes it speaks to a person: 24 rows, 80 columns."""

    def __init__(self, words, **env):
        self.output, terminal = pty.openpty()
        termios.tcsetwinsize(terminal, (24, 80))
        # Its own session with this as its terminal, so that Ctrl-C is its own, too.
        self.program = subprocess.Popen(
            words, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
            preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **env})
        os.close(terminal)
        self.shown = ""

    def type(self, text):
        os.write(self.output, text.encode())

    def interrupt(self):
        self.type("\x03")
