#!/usr/bin/env python3
"""ioredis and node-redis, the examples of their manuals: the same with redis-server and with ours.

usage: node_test.py SERVER REDIS_SERVER NODE_MODULES [unittest options]
"""

import os
import shutil
import subprocess
import sys
import unittest

from comparison import Comparison
from servers import PATIENCE

SKIPPED = 77  # what CMakeLists.txt tells ctest
MODULES = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "node_modules"
SCRIPTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "node")


class Node(Comparison):
    def told(self, server, script):
        """What a script says; if it does not end, then as far as it came."""
        program = subprocess.Popen(
            ["node", os.path.join(SCRIPTS, script), str(server.port), server.socket], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "NODE_PATH": MODULES})
        try:
            said = program.communicate(timeout=3 * PATIENCE)[0]
        except subprocess.TimeoutExpired:
            program.kill()
            self.fail(f"{script} does not end:\n" + program.communicate()[0])
        self.assertEqual(program.returncode, 0, said)
        return [said]

    def test_ioredis(self):
        self.compare(self.told, "ioredis.js")

    def test_node_redis(self):
        self.compare(self.told, "node_redis.js")

    def test_ioredis_over_every_type(self):
        self.compare(self.told, "ioredis_types.js")

    def test_node_redis_over_every_type(self):
        self.compare(self.told, "node_redis_types.js")


if __name__ == "__main__":
    if not shutil.which("node") or not os.path.isdir(MODULES):
        print(f"skipped: there is no Node.js, or its packages are not in {MODULES}; ./dev test "
              "installs both where npm reaches its registry")
        sys.exit(SKIPPED)
    unittest.main()
