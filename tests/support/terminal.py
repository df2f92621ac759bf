"""A terminal to run a program in, as a person would."""

import os
import pty
import select
import subprocess
import termios

from servers import PATIENCE


class Terminal:
    """A program that believes it speaks to a person: 24 rows, 80 columns."""

    def __init__(self, words, **env):
        self.master, terminal = pty.openpty()
        termios.tcsetwinsize(terminal, (24, 80))
        # Its own session with this as its terminal, so that Ctrl-C is its own, too.
        self.program = subprocess.Popen(
            words, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
            preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **env})
        os.close(terminal)
        self.shown = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.program.kill()
        self.program.wait()
        os.close(self.master)

    def type(self, text):
        os.write(self.master, text.encode())

    def interrupt(self):
        self.type("\x03")

    def wait_for(self, text):
        """Reads on until `text` is shown; returns what came before it, and forgets both."""
        while text not in self.shown:
            if not select.select([self.master], [], [], PATIENCE)[0]:
                raise AssertionError(f"{text!r} is not shown, but {self.shown!r}")
            try:
                more = os.read(self.master, 4096)
            except OSError:  # the other end is closed
                more = b""
            if not more:
                raise AssertionError(f"{text!r} was never shown, but {self.shown!r}")
            self.shown += more.decode(errors="replace")
        before, self.shown = self.shown.split(text, 1)
        return before

    def wait_for_end(self):
        """Returns the exit code, and a negative signal number."""
        while True:
            if not select.select([self.master], [], [], PATIENCE)[0]:
                raise AssertionError(f"it does not end, but shows {self.shown!r}")
            try:
                if not os.read(self.master, 4096):
                    break
            except OSError:
                break
        return self.program.wait(PATIENCE)
