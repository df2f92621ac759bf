"""The rounds in which the servers take turns.

Every round starts fresh servers, in the reverse order of the round before, and fills them side
by side: neither one layout of memory nor being first decides. A case that fails is reported with
its reason and does not stop the others.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import fanout
import growth
import library
import traffic
import wire
from ratios import result
from servers import Server, ServerError

SINGLE = {
    "memory": growth.keys,
    "idle": growth.connections,
    "load": growth.stall,
    "grow": growth.growing,
    "delete": growth.deleting,
}
TROUBLE = (wire.Unmeasurable, ServerError, OSError)


def in_order(contestants, number):
    """As they are started in this round."""
    return contestants if number % 2 == 0 else contestants[::-1]


def cpu_round_by_round(contestants, case, rounds, port, scale, visit=lambda contestant: None):
    """Microseconds of a request, a list for each round: what it costs each of the contestants.

    What `visit` gives for a contestant, once it is filled, is closed when the round is over."""
    costs = []
    for number in range(rounds):
        order = in_order(contestants, number)
        with ExitStack() as stack:
            running = [stack.enter_context(Server(one, port)) for one in order]
            for server in running:
                traffic.fill(server, [case])
            for visitor in filter(None, map(visit, order)):
                stack.callback(visitor.close)
            cost = [each["cpu_us"] for each in traffic.sliced(running, case, scale)]
            costs.append(in_order(cost, number))
    return costs


class Comparison:
    """Measures cases on several contestants, of which the first is what ratios refer to.

    rounds: how many, by the kind of the case. scale multiplies how long a run is.
    say(text) is told what is going on."""

    def __init__(self, contestants, rounds, scale, first_port, say):
        self.contestants = contestants
        self.rounds = rounds
        self.scale = scale
        self.first_port = first_port
        self.say = say
        self.samples = {}
        self.errors = {}

    def run(self, cases):
        """The results, in the order of the cases, one for each configuration of ours.
        ServerError if one of the servers does not even start."""
        for contestant in self.contestants:
            Server(contestant, self.first_port).stop()
        for size in sorted({case.size for case in cases if case.kind == "requests"}):
            alike = [case for case in cases if case.kind == "requests" and case.size == size]
            for number in range(self.rounds["requests"]):
                self._requests_round(alike, number)
        for case in cases:
            if case.kind == "fanout":
                self._fanout(case)
            elif case.kind == "client":
                self._client(case)
            elif case.kind != "requests":
                self._single(case)
        return [
            self._result(case, contestant)
            for case in cases
            for contestant in self.contestants[1:2 if case.kind == "client" else None]
        ]

    def _order(self, number):
        return in_order(self.contestants, number)

    def _requests_round(self, cases, number):
        step = f"round {number + 1}/{self.rounds['requests']}"
        with ExitStack() as stack:
            self.say(f"{step}: filling the servers")
            try:
                servers = [
                    stack.enter_context(Server(contestant, self.first_port))
                    for contestant in self._order(number)
                ]
                with ThreadPoolExecutor() as pool:
                    list(pool.map(lambda server: traffic.fill(server, cases), servers))
            except TROUBLE as trouble:
                return self._fail(cases, trouble)
            for case in cases:
                if case.name not in self.errors:
                    self.say(f"{step}: {case.name}")
                    self._requests(case, servers)

    def _requests(self, case, servers):
        try:
            for server in servers:
                server.check_alive()
            self._record(case, servers, traffic.measure(servers, case, self.scale))
        except TROUBLE as trouble:
            self._fail([case], trouble)

    def _fanout(self, case):
        rounds = self.rounds[case.kind]
        try:
            for number in range(rounds):
                self.say(f"round {number + 1}/{rounds}: {case.name}")
                with ExitStack() as stack:
                    servers = [
                        stack.enter_context(Server(contestant, self.first_port))
                        for contestant in self._order(number)
                    ]
                    self._record(case, servers, fanout.measure(servers, case, self.scale))
        except TROUBLE as trouble:
            self._fail([case], trouble)

    def _client(self, case):
        """Both ways on the server that ratios refer to."""
        rounds, pair = self.rounds[case.kind], self.contestants[:2]
        folder = Path(pair[1].path).parent
        try:
            for number in range(rounds):
                self.say(f"round {number + 1}/{rounds}: {case.name}")
                with Server(pair[0], self.first_port) as server:
                    self._record(case, pair, library.measure(server, folder, case, self.scale))
        except TROUBLE as trouble:
            self._fail([case], trouble)

    def _single(self, case):
        rounds = self.rounds[case.kind]
        try:
            for number in range(rounds):
                order, measurements = self._order(number), []
                for contestant in order:
                    self.say(f"round {number + 1}/{rounds}: {case.name}, {contestant.label}")
                    with Server(contestant, self.first_port) as server:
                        measurements.append(SINGLE[case.kind](server, case))
                self._record(case, order, measurements)
        except TROUBLE as trouble:
            self._fail([case], trouble)

    def _record(self, case, labelled, measurements):
        for one, measured in zip(labelled, measurements, strict=True):
            self.samples.setdefault((case.name, one.label), []).append(measured)

    def _fail(self, cases, trouble):
        for case in cases:
            self.say(f"{case.name}: {trouble}")
            self.errors[case.name] = str(trouble)

    def _result(self, case, contestant):
        ours, other = (
            self.samples.get((case.name, one.label)) for one in (contestant, self.contestants[0])
        )
        return result(case, contestant, ours, other, self.errors.get(case.name))
