// The tasks of one name on one thread; a long list is shown in parts.
import { useState } from 'preact/hooks';
import { micros, millis, several, whole } from '../words';
import type { Group, Row } from './rows';

const step = 100;
const openUpTo = 25;

const link = (row: Row): string => `/book/source/${row.task.file}.html#${row.task.line ?? 0}`;

function State({ row }: { row: Row }) {
    if (!row.waits) return <>–</>;
    return (
        <>
            {row.waits}
            {row.place && <>{' '}<a href={link(row)}>{row.place}</a></>}
            {row.task.function && <span class="quiet"> {row.task.function}</span>}
        </>
    );
}

const told = (value: number | undefined, words: (value: number) => string): string =>
    value === undefined ? '–' : words(value);

function Line({ row, traced }: { row: Row; traced: boolean }) {
    const { task } = row;
    return (
        <tr>
            <td>{row.client || '–'}</td>
            {traced && <td class="state"><State row={row} /></td>}
            {traced && <td class="number">{told(task.parked_ms, millis)}</td>}
            {traced && <td class="number">{told(task.resumed, whole)}</td>}
            {traced && <td class="number">{told(task.busy_us, micros)}</td>}
            {traced && <td class="number">{told(task.longest_us, micros)}</td>}
            <td class="number">{millis(task.age_ms)}</td>
            <td class="warn">{row.warnings.join('; ')}</td>
        </tr>
    );
}

function Head({ traced }: { traced: boolean }) {
    return (
        <thead>
            <tr>
                <th scope="col">client</th>
                {traced && <th scope="col">parked on</th>}
                {traced && <th scope="col" class="number">for</th>}
                {traced && <th scope="col" class="number">resumed</th>}
                {traced && <th scope="col" class="number">busy</th>}
                {traced && <th scope="col" class="number">longest</th>}
                <th scope="col" class="number">age</th>
                <th scope="col">warnings</th>
            </tr>
        </thead>
    );
}

interface Props {
    group: Group;
    label: string;
    traced: boolean;
    filtered: boolean;
}

export function GroupTable({ group, label, traced, filtered }: Props) {
    const [chosen, setChosen] = useState<boolean>();
    const [limit, setLimit] = useState(step);
    const open = chosen ?? (filtered || group.rows.length <= openUpTo);
    const warned = group.rows.filter((row) => row.warnings.length > 0).length;
    const left = group.rows.length - limit;
    return (
        <div class="group" data-group={group.name}>
            <button class="fold" aria-expanded={open} onClick={() => setChosen(!open)}>
                {group.name} <span class="quiet">{several(group.rows.length, 'task')}</span>
                {warned > 0 && <span class="warn"> {several(warned, 'warning')}</span>}
            </button>
            {open && (
                <div class="wide" tabIndex={0} role="region" aria-label={label}>
                    <table>
                        <Head traced={traced} />
                        <tbody>
                            {group.rows.slice(0, limit).map((row) => (
                                <Line key={row.key} row={row} traced={traced} />
                            ))}
                        </tbody>
                    </table>
                </div>
            )}
            {open && left > 0 && (
                <button onClick={() => setLimit(limit + 10 * step)}>
                    Show more ({whole(left)} left)
                </button>
            )}
        </div>
    );
}
