#!/usr/bin/env python3
"""mini-redis-cli as a program: beside redis-cli, in its modes, and at a terminal.

usage: cli_test.py CLIENT REDIS_SERVER [unittest options]
"""

import os
import sys
import unittest

import stage

CLIENT = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "mini-redis-cli"
stage.Server.path = sys.argv.pop(1) if len(sys.argv) > 1 else "redis-server"

# unittest finds the classes by their names here.
from compare_test import Comparison  # noqa: E402
from modes_test import Modes  # noqa: E402
from terminal_test import Interactive  # noqa: E402

Comparison.client = Modes.client = Interactive.client = CLIENT

if __name__ == "__main__":
    unittest.main()
