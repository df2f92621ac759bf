#!/usr/bin/env python3
"""mini-redis-cli as a program: beside redis-cli, and at a terminal.

usage: cli_test.py CLIENT [unittest options]        redis-server has to be in PATH
"""

import os
import sys
import unittest

CLIENT = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "mini-redis-cli"

# pylint: disable=wrong-import-position
import compare_test
from compare_test import *  # noqa: F401,F403

compare_test.Comparison.client = CLIENT

if __name__ == "__main__":
    unittest.main()
