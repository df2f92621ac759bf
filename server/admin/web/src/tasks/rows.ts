// Tasks as the view shows them: who a task serves, what it waits for, and what is wrong with it.
import { millis } from '../words';
import { overdue, type Story } from '../shutdown/story';
import type { Client, Place, Task, Thread } from '../wire/messages';

export interface Row {
    key: string;
    task: Task;
    client: string;  // who it serves, in words
    state: string;  // of its client
    at?: Place;  // where it is parked
    within: string;  // all its co_awaits, the outermost first
    warnings: string[];
}

export interface Group {
    name: string;
    rows: Row[];
}

export interface ThreadView {
    thread: number;
    mailbox?: Thread['mailbox'];
    warnings: string[];
    groups: Group[];
    count: number;
}

export interface Seen {
    threads: ThreadView[];
    states: [state: string, count: number][];
    shown: number;
    all: number;
    warned: number;
    traced: boolean;  // whether the server tells where tasks wait
}

// A handler that runs longer holds up every client of its thread.
const longestUs = 1000;

export const placeOf = ({ at }: Row): string => (at ? `${at.file}:${at.line}` : '');

export const stateOf = (row: Row): string => [row.state, placeOf(row)].filter(Boolean).join(' at ');

// What all tasks wait with says less than who waits with it.
const parkedAt = (places: Place[] = []): Place | undefined =>
    places.find(({ file }) => !file.startsWith('server/runtime/')) ?? places[0];

function clientWords(task: Task, clients: Map<number, Client>): string {
    if (task.client === undefined) return '';
    const client = clients.get(task.client);
    return [`#${task.client}`, client?.addr, client?.name].filter(Boolean).join(' ');
}

function warningsOf(task: Task, late: number): string[] {
    const warnings: string[] = [];
    if ((task.longest_us ?? 0) > longestUs) warnings.push('handler longer than 1 ms');
    if (late > 0 && task.parked_ms !== undefined) {
        warnings.push(`parked though the phase is ${millis(late)} past its time`);
    }
    return warnings;
}

function rowOf(task: Task, key: string, clients: Map<number, Client>, late: number): Row {
    return {
        key,
        task,
        client: clientWords(task, clients),
        state: task.state ?? '',
        at: parkedAt(task.places),
        within: (task.places ?? []).map((place) => place.function).reverse().join(' > '),
        warnings: warningsOf(task, late),
    };
}

function mailboxWarnings({ mailbox }: Thread): string[] {
    const full = mailbox && mailbox.length > mailbox.capacity / 2;
    return full ? [`mailbox more than half full: ${mailbox.length} of ${mailbox.capacity}`] : [];
}

function matches(row: Row, words: string[]): boolean {
    const { task, client } = row;
    const text = `${task.name} ${client} ${stateOf(row)} ${row.within} `
        + row.warnings.join(' ');
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
}

function grouped(rows: Row[]): Group[] {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
        const rowsOfName = groups.get(row.task.name);
        if (rowsOfName) rowsOfName.push(row);
        else groups.set(row.task.name, [row]);
    }
    return [...groups].map(([name, rowsOfName]) => ({ name, rows: rowsOfName }))
        .sort((a, b) => a.name.localeCompare(b.name));
}

// `told` says which phase of the shutdown is in force.
export function look(threads: Thread[], clients: Client[], told: Story, filter: string): Seen {
    const byId = new Map(clients.map((client) => [client.id, client]));
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const late = overdue(told) > 1000 ? overdue(told) : 0;
    const states = new Map<string, number>();
    const seen: Seen = { threads: [], states: [], shown: 0, all: 0, warned: 0, traced: false };
    for (const thread of threads) {
        const rows = thread.tasks
            .map((task, i) => rowOf(task, `${task.name} ${task.client ?? `no ${i}`}`, byId, late))
            .filter((row) => matches(row, words));
        for (const state of rows.map(stateOf).filter(Boolean)) {
            states.set(state, (states.get(state) ?? 0) + 1);
        }
        const warnings = mailboxWarnings(thread);
        seen.threads.push({
            thread: thread.thread, mailbox: thread.mailbox, warnings,
            groups: grouped(rows), count: rows.length,
        });
        seen.shown += rows.length;
        seen.all += thread.tasks.length;
        seen.warned += warnings.length + rows.filter((row) => row.warnings.length > 0).length;
        seen.traced ||= thread.tasks.some((task) => task.places !== undefined);
    }
    seen.states = [...states].sort((a, b) => b[1] - a[1]);
    return seen;
}
