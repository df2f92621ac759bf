// What INFO says, as numbers; 0 for what it does not say.
import type { Info } from '../wire/messages';

export interface CommandFigures {
    name: string;
    calls: number;
    usec: number;
    perCall: number;
    failed: number;  // refused ones included
    p50?: number;
    p99?: number;
    p999?: number;
}

export function figure(info: Info | undefined, part: string, name: string): number {
    return Number(info?.[part]?.[name] ?? 0) || 0;
}

export const said = (info: Info | undefined, part: string, name: string): string =>
    String(info?.[part]?.[name] ?? '');

// 'calls=1,usec=2' as {calls: 1, usec: 2}.
export function pairs(text: string | number): Record<string, number> {
    const fields = String(text).split(',').map((field) => field.split('='));
    return Object.fromEntries(fields.map(([name, value]) => [name, Number(value)]));
}

// Those of both names, of which Redis has used one and then the other.
export function cpuSeconds(info: Info): number {
    const part = info.CPU ? 'CPU' : 'Cpu';
    return figure(info, part, 'used_cpu_sys') + figure(info, part, 'used_cpu_user');
}

export function commandsOf(info: Info | undefined): CommandFigures[] {
    const times = info?.Latencystats ?? {};
    return Object.entries(info?.Commandstats ?? {}).map(([field, text]) => {
        const name = field.replace(/^cmdstat_/, '');
        const stats = pairs(text);
        const spread = pairs(times[`latency_percentiles_usec_${name}`] ?? '');
        return {
            name,
            calls: stats.calls ?? 0,
            usec: stats.usec ?? 0,
            perCall: stats.usec_per_call ?? 0,
            failed: (stats.rejected_calls ?? 0) + (stats.failed_calls ?? 0),
            p50: spread.p50,
            p99: spread.p99,
            p999: spread['p99.9'],
        };
    });
}

// What INFO says of keeping data beyond the process. This server has none of it, and says so by
// leaving out what Redis always tells: when it last saved.
export function persistence(info: Info | undefined): string {
    const part = info?.Persistence;
    const keeps = part && (part.aof_enabled || 'rdb_last_save_time' in part);
    if (!keeps) return 'kept in memory only';
    const aof = part.aof_enabled ? 'append-only file on' : 'append-only file off';
    const saved = Number(part.rdb_last_save_time);
    if (!saved) return aof;
    const when = new Date(saved * 1000).toISOString().slice(0, 19).replace('T', ' ');
    return `last saved ${when} UTC; ${aof}`;
}
