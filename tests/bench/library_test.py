"""bench/library.py: what the client's programs print, and what is made of it. Stubs print it."""

import os
import stat
import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
sys.dont_write_bytecode = True

import cases
import library
import wire

LINE = "%s   100 requests     %s ns CPU each (100 user, 300 system)     50000/s"


class Programs(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = Path(place.name)

    def program(self, name, text):
        path = self.folder / name
        path.write_text(f'#!/bin/sh\necho "$@" >> "{self.folder}/calls"\n{text}\n')
        os.chmod(path, stat.S_IRWXU)
        return path

    def measure(self, name):
        case = next(case for case in cases.ALL if case.name == name)
        return library.measure(SimpleNamespace(port=7), self.folder, case, 1.0)

    def test_takes_turns_and_reads_what_a_request_cost(self):
        self.program("client_bench", f"echo '{LINE % ('client', 400)}'")
        self.program("hiredis_bench", f"echo '{LINE % ('hiredis', 600)}'")
        other, ours = self.measure("client-100-hiredis")
        self.assertEqual((other["cpu_us"], ours["cpu_us"]), (0.6, 0.4))
        self.assertEqual((ours["user_us"], ours["system_us"], ours["requests_per_s"]),
                         (0.1, 0.3, 50_000))
        calls = (self.folder / "calls").read_text().splitlines()
        self.assertEqual(calls, ["7 100 400000", *["7 100 1 400000"] * 2, "7 100 400000"])

    def test_gives_each_a_connection(self):
        self.program("client_bench", f"echo '{LINE % ('client', 400)}'")
        self.measure("client-100-apart")
        calls = (self.folder / "calls").read_text().splitlines()
        self.assertEqual(calls[:2], ["7 100 100 50000", "7 100 1 400000"])

    def test_a_program_that_fails_is_not_measured(self):
        for text in ("exit 1", "echo nonsense", f"echo '{LINE % ('client', 4)}'\necho 3 failed"):
            with self.assertRaises(wire.Unmeasurable):
                library.cost(self.program("client_bench", text), 7)


if __name__ == "__main__":
    unittest.main()
