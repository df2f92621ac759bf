// Tasks: every task of every thread, what it waits for, and for how long.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { story } from '../shutdown/story';
import { useStore } from '../store';
import { several, whole } from '../words';
import { feed } from '../wire/feed';
import { GroupRows, columns } from './group_rows';
import { look, type Seen, type ThreadView } from './rows';

const statesShown = 12;

function States({ seen, choose }: { seen: Seen; choose: (state: string) => void }) {
    if (seen.states.length === 0) return null;
    return (
        <section id="task-states" class="card" aria-labelledby="states">
            <h2 id="states">What they are about</h2>
            <ul class="chips">
                {seen.states.slice(0, statesShown).map(([state, n]) => (
                    <li key={state}>
                        <button onClick={() => choose(state)}>
                            <strong>{whole(n)}</strong> {state}
                        </button>
                    </li>
                ))}
            </ul>
        </section>
    );
}

function ThreadCard({ view, seen, filter }: { view: ThreadView; seen: Seen; filter: string }) {
    const box = view.mailbox;
    const shown = columns.filter(({ traced }) => !traced || seen.traced);
    return (
        <section class="card" data-thread={view.thread}>
            <h2>Thread {view.thread}</h2>
            <p class="quiet">
                {several(view.count, 'task')}
                {box && `; mailbox ${whole(box.length)} of ${whole(box.capacity)}`}
            </p>
            {view.warnings.map((words) => <p class="warn" key={words}>{words}</p>)}
            <div class="wide" tabIndex={0} role="region"
                aria-label={`Tasks of thread ${view.thread}`}>
                <table>
                    <thead>
                        <tr>
                            {shown.map(({ title, number }) => (
                                <th key={title} scope="col" class={number ? 'number' : undefined}>
                                    {title}
                                </th>
                            ))}
                        </tr>
                    </thead>
                    {view.groups.map((group) => (
                        <GroupRows key={group.name} group={group} shown={shown}
                            filtered={filter !== ''} />
                    ))}
                </table>
            </div>
        </section>
    );
}

export function Tasks() {
    const { tasks = [], clients = [], at } = useStore(feed);
    const told = useStore(story);
    const [filter, setFilter] = useState('');
    const [paused, setPaused] = useState(false);
    const [kept, setKept] = useState({ tasks, clients });
    useEffect(() => {
        if (!paused) setKept({ tasks, clients });
    }, [paused, at]);
    const seen = useMemo(() => look(kept.tasks, kept.clients, told, filter),
        [kept, told, filter]);
    return (
        <>
            <h1>Tasks</h1>
            <div class="row card">
                <label>
                    Filter
                    <input type="search" value={filter} placeholder="name, address, file"
                        onInput={(event) => setFilter(event.currentTarget.value)} />
                </label>
                <label class="switch">
                    <input type="checkbox" checked={paused}
                        onChange={(event) => setPaused(event.currentTarget.checked)} />
                    hold still
                </label>
                <p id="task-count">
                    {whole(seen.shown)} of {several(seen.all, 'task')}
                    {seen.warned > 0 && ', '}
                    {seen.warned > 0 && (
                        <span class="warn">{several(seen.warned, 'warning')}</span>
                    )}
                </p>
            </div>
            {!seen.traced && seen.all > 0 && (
                <p class="notice">
                    This server does not tell where its tasks wait.{' '}
                    <code>mini-redis-console</code> does, which is built beside it.
                </p>
            )}
            <States seen={seen} choose={setFilter} />
            {seen.threads.map((view) => (
                <ThreadCard key={view.thread} view={view} seen={seen} filter={filter} />
            ))}
        </>
    );
}
