// The last ten minutes, sample by sample. Goes on whichever view is looked at.
import { onMessage } from '../wire/feed';
import type { FeedMessage, Info } from '../wire/messages';
import { commandsOf, cpuSeconds, figure } from './numbers';

const keptMs = 600_000;

// Rates are a second's; undefined where there is nothing to tell them from.
export interface Sample {
    at: number;  // ms
    requests?: number;
    cpu?: number;  // percent of one core
    memory: number;
    resident: number;
    hits?: number;  // percent of the look-ups since the sample before
    clients: number;
    mean?: number;  // µs a call
    p99?: number;  // µs, of the command that was called most
    busiest: string;
    evicted?: number;
    expired?: number;
    input?: number;
    output?: number;
}

let samples: Sample[] = [];
let before: { at: number; info: Info } | undefined;

export const history = (): readonly Sample[] => samples;

function differences(at: number, info: Info): Partial<Sample> {
    if (!before || at <= before.at) return {};
    const last = before.info;
    const seconds = (at - before.at) / 1000;
    const grown = (name: string) => figure(info, 'Stats', name) - figure(last, 'Stats', name);
    // A server that was started anew counts from 0 again.
    if (grown('total_commands_processed') < 0) return {};
    const hits = grown('keyspace_hits');
    const looked = hits + grown('keyspace_misses');
    return {
        requests: grown('total_commands_processed') / seconds,
        cpu: (100 * (cpuSeconds(info) - cpuSeconds(last))) / seconds,
        hits: looked ? (100 * hits) / looked : undefined,
        evicted: grown('evicted_keys') / seconds,
        expired: grown('expired_keys') / seconds,
        input: grown('total_net_input_bytes') / seconds,
        output: grown('total_net_output_bytes') / seconds,
        ...latency(info, last),
    };
}

function latency(info: Info, last: Info): Partial<Sample> {
    const earlier = new Map(commandsOf(last).map((command) => [command.name, command]));
    let calls = 0;
    let usec = 0;
    let most = 0;
    const found: Partial<Sample> = {};
    for (const now of commandsOf(info)) {
        const then = earlier.get(now.name);
        const called = now.calls - (then?.calls ?? 0);
        calls += called;
        usec += now.usec - (then?.usec ?? 0);
        if (called > most) {
            most = called;
            found.busiest = now.name;
            found.p99 = now.p99;
        }
    }
    if (calls > 0) found.mean = usec / calls;
    return found;
}

function take({ at_ms: at, info }: FeedMessage): void {
    if (!info) return;
    const sample: Sample = {
        at,
        memory: figure(info, 'Memory', 'used_memory'),
        resident: figure(info, 'Memory', 'used_memory_rss'),
        clients: figure(info, 'Clients', 'connected_clients'),
        busiest: '',
        ...differences(at, info),
    };
    before = { at, info };
    samples = [...samples.filter((kept) => kept.at > at - keptMs && kept.at < at), sample];
}

onMessage(take);
