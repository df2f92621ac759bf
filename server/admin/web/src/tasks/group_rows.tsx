// The tasks of one name on one thread, as part of the thread's table; a long list in parts.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { micros, millis, several, whole } from '../words';
import { placeOf, type Group, type Row } from './rows';

const step = 100;
const openUpTo = 25;

// The line as the book shows it, with what it says there, if the server has the book.
function Line({ row: { at }, children }: { row: Row; children: ComponentChildren }) {
    if (!BOOK || !at) return <>{children}</>;
    return <a href={`/book/source/${at.file}.html#L${at.line}`} target="_blank">{children}</a>;
}

function Parked({ row }: { row: Row }) {
    if (!row.at) return <>–</>;
    return (
        <span title={row.within}>
            <Line row={row}><code>{placeOf(row)}</code></Line>
            <span class="quiet"> {row.at.function}</span>
        </span>
    );
}

const told = (value: number | undefined, words: (value: number) => string): string =>
    value === undefined ? '–' : words(value);

export interface Column {
    title: string;
    number?: boolean;
    traced?: boolean;  // only where the server tells where tasks wait
    show: (row: Row) => ComponentChildren;
}

export const columns: Column[] = [
    { title: 'client', show: (row) => row.client || '–' },
    { title: 'state', show: (row) => row.state || '–' },
    { title: 'parked at', traced: true, show: (row) => <Parked row={row} /> },
    { title: 'for', number: true, traced: true, show: ({ task }) => told(task.parked_ms, millis) },
    {
        title: 'resumed', number: true, traced: true,
        show: ({ task }) => told(task.resumed, whole),
    },
    { title: 'busy', number: true, traced: true, show: ({ task }) => told(task.busy_us, micros) },
    {
        title: 'longest', number: true, traced: true,
        show: ({ task }) => told(task.longest_us, micros),
    },
    { title: 'age', number: true, show: ({ task }) => millis(task.age_ms) },
    { title: 'warnings', show: (row) => <span class="warn">{row.warnings.join('; ')}</span> },
];

interface Props {
    group: Group;
    shown: Column[];
    filtered: boolean;
}

export function GroupRows({ group, shown, filtered }: Props) {
    const [chosen, setChosen] = useState<boolean>();
    const [limit, setLimit] = useState(step);
    const open = chosen ?? (filtered || group.rows.length <= openUpTo);
    const warned = group.rows.filter((row) => row.warnings.length > 0).length;
    const left = group.rows.length - limit;
    return (
        <tbody data-group={group.name}>
            <tr>
                <th scope="rowgroup" colSpan={shown.length} class="group">
                    <button class="fold" aria-expanded={open} onClick={() => setChosen(!open)}>
                        {group.name}{' '}
                        <span class="quiet">{several(group.rows.length, 'task')}</span>
                        {warned > 0 && <span class="warn"> {several(warned, 'warning')}</span>}
                    </button>
                </th>
            </tr>
            {open && group.rows.slice(0, limit).map((row) => (
                <tr key={row.key} class="task">
                    {shown.map(({ title, number, show }) => (
                        <td key={title} class={number ? 'number' : undefined}>{show(row)}</td>
                    ))}
                </tr>
            ))}
            {open && left > 0 && (
                <tr>
                    <td colSpan={shown.length}>
                        <button onClick={() => setLimit(limit + 10 * step)}>
                            Show more ({whole(left)} left)
                        </button>
                    </td>
                </tr>
            )}
        </tbody>
    );
}
