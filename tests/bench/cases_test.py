"""bench/cases.py: what the project promises, and how a case is chosen."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
sys.dont_write_bytecode = True

import cases


class Targets(unittest.TestCase):
    def test_are_what_the_project_promises(self):
        promised = {case.name: case.target for case in cases.ALL if case.target}
        expected = {f"{command}-{shape}-3b": target for command in ("get", "set")
                    for shape, target in (("p1-fixed", 0.92), ("p1-random", 0.92),
                                          ("p16-random", 0.45), ("p100-random", 0.30))}
        expected |= {f"{command}-{pipeline}{of}": target
                     for command, of in (*((command, "") for command in (
                         "hset", "sadd", "spop", "lpush", "lpop", "rpush", "rpop", "zadd",
                         "zpopmin", "xadd")), ("lrange", "-100"), ("lrange", "-300"),
                         ("lrange", "-600"), *((command, "-1000") for command in (
                             "hgetall", "sinter", "zrange")))
                     for pipeline, target in (("p1", 0.95), ("p16", 0.60))}
        expected |= {"fanout-50-64b-p16": 0.85, "fanout-50-64b-p1": 0.95,
                     "fanout-50-4096b-p16": 0.70, "client-100-hiredis": 1.00,
                     "client-100-apart": 1.00}
        expected |= {f"memory-{of}": 1.00 for of in (
            "hash-10", "list-100", "set-100", "zset-10", "zset-1000", "stream-1000")}
        expected |= {f"{when}-{what}-5m": 1.00 for when in ("grow", "delete")
                     for what in ("hash", "set", "zset")}
        expected |= {"memory-16-32": 0.58, "memory-16-32-expiry": 0.50, "idle-5000": 0.25,
                     "load-5m": 1.00}
        self.assertEqual(promised, expected)


class Selectors(unittest.TestCase):
    def test_choose_by_all_their_tags_in_table_order(self):
        chosen = [case.name for case in cases.choose(["set-p16-random", "get-p1-3b"])]
        self.assertEqual(chosen, ["get-p1-fixed-3b", "get-p1-random-3b", "set-p16-random-3b",
                                  "set-p16-random-1k"])

    def test_that_are_names_choose_one(self):
        for case in cases.ALL:
            self.assertEqual(cases.choose([case.name]), [case])

    def test_that_choose_nothing_are_named(self):
        with self.assertRaisesRegex(ValueError, "get-p17"):
            cases.choose(["get", "get-p17"])


if __name__ == "__main__":
    unittest.main()
