// Overview: how the server is doing, now and in the last ten minutes.
import { useStore } from '../store';
import { several, size, whole, seconds, percent } from '../words';
import { feed } from '../wire/feed';
import type { Info } from '../wire/messages';
import { CommandTable } from './command_table';
import { Figures } from './figures';
import { figure, persistence, said } from './numbers';

function hitRate(info: Info): string {
    const hits = figure(info, 'Stats', 'keyspace_hits');
    const looked = hits + figure(info, 'Stats', 'keyspace_misses');
    return looked ? percent((100 * hits) / looked) : 'nothing looked up';
}

function keys(info: Info): string {
    const databases = Object.values(info.Keyspace ?? {});
    const all = databases.map((text) => Number(/keys=(\d+)/.exec(String(text))?.[1] ?? 0));
    return whole(all.reduce((sum, n) => sum + n, 0));
}

function facts(info: Info): [string, string][] {
    const stat = (name: string) => figure(info, 'Stats', name);
    const limit = figure(info, 'Memory', 'maxmemory');
    return [
        ['version', said(info, 'Server', 'mini_redis_version')
            || said(info, 'Server', 'redis_version')],
        ['port', said(info, 'Server', 'tcp_port')],
        ['up for', seconds(figure(info, 'Server', 'uptime_in_seconds'))],
        ['persistence', persistence(info)],
        ['keys', keys(info)],
        ['memory limit', limit ? size(limit) : 'none'],
        ['policy', said(info, 'Memory', 'maxmemory_policy')],
        ['commands', whole(stat('total_commands_processed'))],
        ['connections', whole(stat('total_connections_received'))],
        ['refused connections', whole(stat('rejected_connections'))],
        ['hit rate', hitRate(info)],
        ['evicted keys', whole(stat('evicted_keys'))],
        ['expired keys', whole(stat('expired_keys'))],
        ['bytes in', size(stat('total_net_input_bytes'))],
        ['bytes out', size(stat('total_net_output_bytes'))],
        ['blocked clients', whole(figure(info, 'Clients', 'blocked_clients'))],
    ];
}

function Facts({ info }: { info: Info }) {
    return (
        <section class="card">
            <h2>Since the start</h2>
            <dl class="facts">
                {facts(info).map(([name, value]) => (
                    <div key={name} data-fact={name}>
                        <dt>{name}</dt>
                        <dd>{value || '–'}</dd>
                    </div>
                ))}
            </dl>
        </section>
    );
}

export function Overview() {
    const { info, dropped } = useStore(feed);
    return (
        <>
            <h1>Overview</h1>
            {dropped > 0 && (
                <p class="notice" role="status">
                    This page was too slow for {several(dropped, 'message')} of the server; they
                    are missing in the charts.
                </p>
            )}
            {!info && <p class="quiet">Waiting for the first numbers.</p>}
            {info && <Figures />}
            {info && <CommandTable info={info} />}
            {info && <Facts info={info} />}
        </>
    );
}
