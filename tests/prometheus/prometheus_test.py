#!/usr/bin/env python3
"""What Prometheus makes of /metrics: promtool's opinion, and a real one that scrapes.

  prometheus_test.py SERVER FOLDER     FOLDER has promtool and prometheus; without them: skipped
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from servers import Server, free_port, until  # noqa: E402

SKIPPED = 77
SERVER, FOLDER = sys.argv[1:3]


def read(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def server(admin_port):
    return Server(SERVER, "--admin-port", str(admin_port), "--admin-bind", "127.0.0.1")


def some_commands(port):
    """Calls of several kinds, an error, and keys with and without expiry."""
    script = "SET a 1\nSET b 2 EX 1000\nGET a\nGET none\nLPUSH l x\nINCR l\nNONSENSE\n"
    subprocess.run(["redis-cli", "-p", str(port)], input=script.encode(), check=True,
                   stdout=subprocess.DEVNULL)


class Prometheus:
    """One that scrapes `target` every second."""

    def __init__(self, target):
        self.folder = tempfile.TemporaryDirectory()
        config = pathlib.Path(self.folder.name, "prometheus.yml")
        config.write_text("scrape_configs: [{job_name: mini-redis, scrape_interval: 1s, "
                          f"static_configs: [{{targets: ['{target}']}}]}}]\n")
        self.port = free_port()
        self.program = subprocess.Popen(
            [os.path.join(FOLDER, "prometheus"), f"--config.file={config}",
             f"--storage.tsdb.path={self.folder.name}/data",
             f"--web.listen-address=127.0.0.1:{self.port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def value(self, query):
        """Of the first series that it finds; None if there is none yet."""
        words = urllib.parse.urlencode({"query": query})
        try:
            found = json.loads(read(f"http://127.0.0.1:{self.port}/api/v1/query?{words}"))
        except OSError:
            return None
        series = found["data"]["result"]
        return float(series[0]["value"][1]) if series else None

    def close(self):
        self.program.kill()
        self.program.wait()
        self.folder.cleanup()


class MetricsTest(unittest.TestCase):
    def setUp(self):
        self.admin_port = free_port()
        self.server = server(self.admin_port)
        some_commands(self.server.port)
        self.addCleanup(self.server.close)

    def test_promtool_has_no_objection(self):
        page = read(f"http://127.0.0.1:{self.admin_port}/metrics")
        self.assertGreater(len(page), 4000)
        checked = subprocess.run([os.path.join(FOLDER, "promtool"), "check", "metrics"],
                                 input=page, capture_output=True, text=True, check=False)
        self.assertEqual((checked.returncode, checked.stderr), (0, ""))

    def test_prometheus_scrapes(self):
        prometheus = Prometheus(f"127.0.0.1:{self.admin_port}")
        self.addCleanup(prometheus.close)
        until(lambda: prometheus.value("redis_up") == 1)
        for query, expected in {
            'redis_commands_total{cmd="set"}': 2,
            'redis_commands_failed_calls_total{cmd="incr"}': 1,
            'redis_errors_total{err="WRONGTYPE"}': 1,
            'redis_db_keys{db="db0"}': 3,
            'redis_db_keys_expiring{db="db0"}': 1,
            "redis_keyspace_misses_total": 1,
        }.items():
            self.assertEqual(prometheus.value(query), expected, query)
        until(lambda: (prometheus.value("rate(redis_commands_processed_total[1m])") or 0) > 0)


if __name__ == "__main__":
    if not all(os.access(os.path.join(FOLDER, name), os.X_OK)
               for name in ("promtool", "prometheus")):
        print("there is no Prometheus")
        sys.exit(SKIPPED)
    unittest.main(argv=sys.argv[:1])
