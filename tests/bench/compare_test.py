"""bench/compare: what it reads, what it computes and what it writes.

No server is started and nothing is measured; where a peer is needed, it is a stub on a socket.
"""

import contextlib
import importlib.machinery
import importlib.util
import io
import json
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from unittest import mock

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))
sys.dont_write_bytecode = True

import cases
import chart
import growth
import ratios
import report
import rounds
import servers
import traffic
import wire

loader = importlib.machinery.SourceFileLoader("compare", str(BENCH / "compare"))
compare = importlib.util.module_from_spec(importlib.util.spec_from_loader("compare", loader))
loader.exec_module(compare)

REPORT = """GET: rps=0.0 (overall: nan)\r                    \r====== GET ======
  100000 requests completed in 1.21 seconds
  50 parallel clients

Latency by percentile distribution:
0.000% <= 0.119 milliseconds (cumulative count 1)
50.000% <= 0.303 milliseconds (cumulative count 55915)
99.805% <= 0.807 milliseconds (cumulative count 99809)
99.902% <= 0.895 milliseconds (cumulative count 99908)
100.000% <= 3.463 milliseconds (cumulative count 100000)

Cumulative distribution of latencies:
99.912% <= 0.903 milliseconds (cumulative count 99912)

Summary:
  throughput summary: 82644.62 requests per second
  latency summary (msec):
          avg       min       p50       p95       p99       max
        0.315     0.112     0.303     0.447     0.551     3.463
"""


def case_named(name):
    return next(case for case in cases.ALL if case.name == name)


def cpu(us):
    return {"cpu_us": us, "user_us": us / 4, "system_us": us * 3 / 4, "requests_per_s": 1e5,
            "p50_ms": 0.3, "p99_ms": 0.6, "p999_ms": 0.9}


def ping(ms):
    return {"ping_p50_ms": ms / 4, "ping_p99_ms": ms / 2, "ping_p999_ms": ms,
            "ping_max_ms": 2 * ms, "bytes_per_key": 80.0}


def document(cost=4.0, failed=False):
    ours = servers.Contestant("mini-redis", "mini-redis-server")
    results = [
        ratios.result(case_named("get-p16-random-3b"), ours, [cpu(cost)] * 3, [cpu(10.0)] * 3),
        ratios.result(case_named("load-5m"), ours, [ping(2.0)], [ping(4.0)]),
        ratios.result(case_named("memory-16-32"), ours, [{"bytes_per_key": 80.5}],
                      [{"bytes_per_key": 149.0}]),
    ]
    if failed:
        results.append(ratios.result(case_named("idle-5000"), ours, None, None, "no <files>"))
    return {
        "date": "2026-11-23", "command": "bench/compare --quick", "rounds": 3,
        "machine": {"cpu": "Chip & Co", "cores": 2, "memory_gb": 24, "kernel": "Linux 6.1"},
        "versions": {"mini-redis": "0.1.0", "redis-server": "7.0.15"},
        "ours": "mini-redis", "other": "redis-server", "others_cpu": 0.02, "results": results,
    }


class BenchmarkReport(unittest.TestCase):
    def test_yields_rate_and_percentiles(self):
        self.assertEqual(traffic.parse_report(REPORT), {
            "requests_per_s": 82644.62, "p50_ms": 0.303, "p99_ms": 0.551, "p999_ms": 0.895})

    def test_without_a_summary_is_unmeasurable_and_quoted(self):
        with self.assertRaisesRegex(wire.Unmeasurable, "Connection refused"):
            traffic.parse_report("Could not connect: Connection refused")


class CpuPerRequest(unittest.TestCase):
    def test_is_the_clock_split_by_ticks(self):
        cost = traffic.per_request((100, 1.0, 0.5, 0.5), (1_000_100, 2.0, 0.75, 1.25))
        self.assertAlmostEqual(cost["cpu_us"], 1.0)
        self.assertAlmostEqual(cost["user_us"], 0.25)
        self.assertAlmostEqual(cost["system_us"], 0.75)

    def test_of_no_requests_is_unmeasurable(self):
        with self.assertRaises(wire.Unmeasurable):
            traffic.per_request((5, 0, 0, 0), (5, 1, 1, 0))


class Turns(unittest.TestCase):
    def test_go_there_and_back_and_leave_everyone_stopped(self):
        heard = []

        def run(name):
            return mock.Mock(poll=lambda: None,
                             send_signal=lambda number: heard.append((name, number.name)))

        idle = mock.Mock(cpu=lambda: 1.0)
        with mock.patch.multiple(traffic, SLICE_S=0, DRAIN_S=0):
            traffic.take_turns([idle, idle], [run("a"), run("b")], 0)
        self.assertEqual([name for name, signal in heard if signal == "SIGCONT"], list("abba"))
        self.assertEqual({signal for _, signal in heard[1::2]}, {"SIGSTOP"})

    def test_end_only_when_the_server_has_caught_up(self):
        readings = iter([0.0, 1.0, 2.0, 2.0, 3.0])
        with mock.patch.object(traffic, "DRAIN_S", 0):
            traffic.drain(mock.Mock(cpu=lambda: next(readings)))
        self.assertEqual(next(readings), 3.0)


class Rounds(unittest.TestCase):
    """Comparisons of two servers that exist in name only."""

    field = [servers.Contestant("redis-server", "r"), servers.Contestant("mini-redis", "m")]
    chosen = [case_named("memory-16-32"), case_named("idle-5000")]

    def compare(self, **measures):
        class Named:
            def __init__(self, contestant, _port):
                self.label = contestant.label

            def __enter__(self):
                return self

            def __exit__(self, *_):
                pass

            def stop(self):
                pass

        number = dict.fromkeys(("memory", "idle"), 2)
        comparison = rounds.Comparison(self.field, number, 1.0, 0, lambda _: None)
        with mock.patch.object(rounds, "Server", Named), \
                mock.patch.dict(rounds.SINGLE, measures):
            return comparison.run(self.chosen)

    def test_alternate_in_who_is_first(self):
        seen = []

        def keys(server, _case):
            seen.append(server.label)
            return {"bytes_per_key": 100.0 if server.label == "redis-server" else 50.0}

        memory = self.compare(memory=keys, idle=lambda *_: {"bytes_per_connection": 1.0})[0]
        self.assertEqual(seen, ["redis-server", "mini-redis", "mini-redis", "redis-server"])
        self.assertEqual(memory["ratio"]["bytes_per_key"]["median"], 0.5)
        self.assertTrue(memory["met"])

    def test_go_on_after_a_case_that_fails(self):
        def fails(*_):
            raise wire.Unmeasurable("no room")

        memory, idle = self.compare(memory=fails, idle=lambda *_: {"bytes_per_connection": 1.0})
        self.assertEqual((memory["error"], memory["met"]), ("no room", False))
        self.assertEqual(idle["ratio"]["bytes_per_connection"]["max"], 1.0)


class Statistics(unittest.TestCase):
    def test_percentile_is_the_nearest_rank(self):
        values = list(range(1, 1001))
        self.assertEqual([ratios.percentile(values, p) for p in (0, 50, 99.9, 100)],
                         [1, 500, 999, 1000])
        with self.assertRaises(ValueError):
            ratios.percentile([], 50)

    def test_ratio_is_formed_within_rounds(self):
        spread = ratios.ratios([{"x": 1.0}, {"x": 9.0}, {"x": 2.0}],
                               [{"x": 2.0}, {"x": 10.0}, {"x": 10.0}])
        self.assertEqual(spread["x"], {"median": 0.5, "min": 0.2, "max": 0.9})

    def test_measurements_of_zero_have_no_ratio(self):
        self.assertEqual(ratios.ratios([{"x": 1}], [{"x": 0}]), {})

    def test_probe_is_summarised_in_milliseconds(self):
        probe = {"latencies_us": [1000.0] * 998 + [7000.0, 5000.0], "skipped": 3}
        summary = growth.summary(probe)
        self.assertEqual((summary["ping_p50_ms"], summary["ping_p999_ms"],
                          summary["ping_max_ms"], summary["pings_skipped"]), (1.0, 5.0, 7.0, 3))


class Targets(unittest.TestCase):
    def test_every_kind_has_its_rounds_and_a_way_to_measure(self):
        known = compare.rounds_by_kind(mock.Mock(quick=False, rounds=6))
        self.assertEqual(set(known), {case.kind for case in cases.ALL})
        self.assertLess(set(rounds.SINGLE), set(known))

    def test_allow_more_cpu_but_not_more_memory_with_threads(self):
        self.assertEqual(case_named("set-p16-random-3b").target_for(2), 0.63)
        self.assertEqual(case_named("memory-16-32").target_for(2), 0.58)

    def test_are_met_at_the_target_and_missed_above_or_unmeasured(self):
        self.assertEqual(ratios.missed(document(4.5)["results"]), [])
        self.assertEqual([one["case"] for one in ratios.missed(document(4.6, True)["results"])],
                         ["get-p16-random-3b", "idle-5000"])


class Wire(unittest.TestCase):
    def test_template_is_a_request_once_a_key_is_filled_in(self):
        template = wire.set_template(b"key:%012d", "x" * 32)
        self.assertEqual(template % 7, wire.encode("SET", "key:000000000007", "x" * 32))

    def test_template_with_an_expiry_says_so(self):
        request = wire.set_template(b"k:%08d", "v", expiry=True) % 1
        self.assertTrue(request.startswith(b"*5\r\n"))
        self.assertIn(b"$2\r\nEX\r\n", request)


class Contestants(unittest.TestCase):
    def test_run_without_persistence_on_loopback(self):
        arguments = servers.Contestant("r", "/usr/bin/redis-server").arguments(1)
        self.assertEqual(arguments[1:], ["--port", "1", "--bind", "127.0.0.1",
                                         "--save", "", "--appendonly", "no"])

    def test_of_ours_say_their_threads(self):
        arguments = servers.Contestant("m", "x/mini-redis-server", 2).arguments(1)
        self.assertEqual(arguments[-2:], ["--io-threads", "2"])

    def test_that_are_missing_name_the_package(self):
        with mock.patch("shutil.which", return_value=None), \
                self.assertRaisesRegex(servers.ServerError, "redis-tools"):
            servers.find_program("redis-benchmark")


class Prober(unittest.TestCase):
    def test_counts_every_ping_that_was_due_in_a_stall(self):
        """The stub answers the 20 pings after the first one only when all 20 have come."""
        ping, stalled = b"*1\r\n$4\r\nPING\r\n", 20
        with socket.create_server(("127.0.0.1", 0)) as listener:
            prober = subprocess.Popen(
                [sys.executable, str(BENCH / "prober.py"), str(listener.getsockname()[1])],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

            def answer():
                peer, _ = listener.accept()
                peer.settimeout(20)  # ends the test if the prober waits for an answer
                with peer, peer.makefile("rb") as heard:
                    for count in (1, stalled):
                        heard.read(len(ping) * count)
                        peer.sendall(b"+PONG\r\n" * count)
                    prober.stdin.close()
                    while heard.read(len(ping)):
                        peer.sendall(b"+PONG\r\n")

            stub = threading.Thread(target=answer)
            stub.start()
            with prober:
                printed = prober.stdout.read()
            stub.join()
        latencies = json.loads(printed.removeprefix("ready\n"))["latencies_us"][:stalled]
        # The last of the 20 leaves at least 19 - i millisecond slots after number i.
        for i, latency in enumerate(latencies):
            self.assertGreater(latency, (stalled - 2 - i) * 1000)
        self.assertEqual(len(latencies), stalled)


class Report(unittest.TestCase):
    def test_numbers_have_three_digits(self):
        self.assertEqual([report.number(x) for x in (0.694, 8.43, 10.1, 149.2, 1145000.0)],
                         ["0.694", "8.43", "10.1", "149", "1,145,000"])

    def test_terminal_shows_ratio_target_and_verdict(self):
        text = report.terminal(document(4.6, failed=True))
        self.assertRegex(text, r"GET, 1 M random keys.* 0\.460 .* 0\.45 +NO\n")
        self.assertRegex(text, r"its longest +8\.00 ms +4\.00 ms +0\.500")
        self.assertIn("not measured: idle-5000: no <files>", text)

    def test_parts_of_the_cpu_add_up(self):
        self.assertIn("4.00 (1.00 + 3.00)", report.terminal(document()))

    def test_markdown_tables_are_rectangular(self):
        tables = [block for block in report.markdown(document()).split("\n\n") if block[0] == "|"]
        self.assertEqual(len(tables), 3)
        for table in tables:
            self.assertEqual(len({line.count("|") for line in table.split("\n")}), 1)

    def test_update_replaces_only_what_is_between_the_markers(self):
        page = f"above\n{report.BEGIN}\nold\n{report.END}\nbelow\n"
        once = report.update(page, "new\n", "page")
        self.assertEqual(once, f"above\n{report.BEGIN}\nnew\n{report.END}\nbelow\n")
        self.assertEqual(report.update(once, "new\n", "page"), once)

    def test_update_refuses_missing_doubled_or_swapped_markers(self):
        for page in ("", report.BEGIN, f"{report.END} {report.BEGIN}",
                     f"{report.BEGIN}{report.BEGIN}{report.END}"):
            with self.assertRaisesRegex(report.MarkerError, "page.md"):
                report.update(page, "new", "page.md")


class Chart(unittest.TestCase):
    def test_is_well_formed_with_a_bar_for_each_measured_result(self):
        picture = ElementTree.fromstring(chart.svg(document(12.0, failed=True)))
        svg = "{http://www.w3.org/2000/svg}"
        bars = [bar.get("class") for bar in picture.iter(f"{svg}rect")]
        self.assertEqual(bars, ["bar over", "bar", "bar"])
        lines = [line.get("class") for line in picture.iter(f"{svg}line")]
        self.assertEqual((lines.count("one"), lines.count("target")), (1, 3))

    def test_keeps_everything_inside_its_frame(self):
        picture = ElementTree.fromstring(chart.svg(document(90.0)))
        ends = [float(line.get("x2")) for line in picture.iter("{http://www.w3.org/2000/svg}line")]
        self.assertLessEqual(max(ends), chart.WIDTH)

    def test_follows_light_and_dark_mode(self):
        self.assertIn("prefers-color-scheme: dark", chart.svg(document()))


class CommandLine(unittest.TestCase):
    def run_saved(self, saved, *options, page_text=f"{report.BEGIN}\n{report.END}\n"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "saved.json")
            path.write_text(json.dumps(saved))
            page = Path(folder, "page.md")
            page.write_text(page_text)
            options = [option.replace("PAGE", str(page)) for option in options]
            with contextlib.redirect_stdout(io.StringIO()) as out, \
                    contextlib.redirect_stderr(io.StringIO()) as err:
                code = compare.main(["--from", str(path), *options])
            return code, out.getvalue(), err.getvalue(), page.read_text()

    def test_check_fails_on_a_missed_target_only(self):
        self.assertEqual(self.run_saved(document(4.5), "--check")[0], 0)
        code, _, err, _ = self.run_saved(document(4.6), "--check")
        self.assertEqual((code, err), (1, "missed: get-p16-random-3b (mini-redis): 0.460\n"))
        self.assertEqual(self.run_saved(document(4.6))[0], 0)

    def test_update_writes_the_saved_tables(self):
        page = self.run_saved(document(), "--update", "PAGE")[3]
        self.assertIn("| GET, 1 M random keys", page)
        self.assertIn("bench/compare --quick", page)

    def test_a_page_without_markers_is_trouble(self):
        code, _, err, _ = self.run_saved(document(), "--update", "PAGE", page_text="text")
        self.assertEqual(code, 2)
        self.assertIn("page.md needs", err)

    def test_busy_neighbours_are_called_out(self):
        self.assertIn("busy", self.run_saved({**document(), "others_cpu": 0.4})[2])

    def test_numbers_are_saved_with_six_digits(self):
        self.assertEqual(compare.rounded({"a": [1.23456789, None]}), {"a": [1.23457, None]})


if __name__ == "__main__":
    unittest.main()
