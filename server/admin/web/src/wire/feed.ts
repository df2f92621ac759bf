// The feed: what the server tells each second, over a WebSocket that is opened again when it
// closes.
import { Store } from '../store';
import { Unauthorised, access, ask, socket } from './access';
import type { Client, FeedMessage, Info, Shutdown, Thread } from './messages';

export type Topic = 'info' | 'tasks' | 'clients';

export interface Feed {
    connected: boolean;
    at: number;  // the server's time of the newest message, in ms; 0 before the first
    dropped: number;  // since the page was opened
    info?: Info;
    tasks?: Thread[];
    clients?: Client[];
    shutdown?: Shutdown;
}

const firstPause = 500;
const longestPause = 15_000;

export const feed = new Store<Feed>({ connected: false, at: 0, dropped: 0 });

// Called for every message, drawn or not.
const readers: ((message: FeedMessage) => void)[] = [];
const closers: (() => void)[] = [];
export const onMessage = (reader: (message: FeedMessage) => void) => void readers.push(reader);
export const onClosed = (closer: () => void) => void closers.push(closer);

let current: WebSocket | undefined;
let topics: Topic[] = ['info'];
let asking = false;
let pause = firstPause;
let timer: number | undefined;

function sendTopics(): void {
    if (current?.readyState === WebSocket.OPEN) current.send(JSON.stringify({ topics }));
}

// INFO is always asked for: the charts go on while another view is looked at.
export function watch(also: Topic[]): void {
    topics = ['info', ...also];
    sendTopics();
}

function take(message: FeedMessage): void {
    const { info, tasks, clients, shutdown } = message;
    for (const reader of readers) reader(message);
    feed.change({
        at: message.at_ms,
        dropped: feed.value.dropped + message.dropped,
        shutdown,
        ...(info && { info }),
        ...(tasks && { tasks }),
        ...(clients && { clients }),
    });
}

function later(): void {
    clearTimeout(timer);
    timer = window.setTimeout(() => void connect(), pause);
    pause = Math.min(2 * pause, longestPause);
}

function closed(): void {
    current = undefined;
    const was = feed.value.connected;
    if (was) for (const closer of closers) closer();
    feed.change({ connected: false });
    later();
}

function open(): void {
    const opened = (current = socket('/ws/feed'));
    opened.onopen = () => {
        pause = firstPause;
        feed.change({ connected: true });
        sendTopics();
    };
    opened.onmessage = ({ data }) => take(JSON.parse(data as string) as FeedMessage);
    opened.onclose = closed;
}

// A WebSocket does not tell why it was refused; a request does.
export async function connect(): Promise<void> {
    if (current || asking) return;
    asking = true;
    clearTimeout(timer);
    try {
        await ask<Info>('/api/info');
        open();
    } catch (failure) {
        if (!(failure instanceof Unauthorised)) later();
    } finally {
        asking = false;
    }
}

// With a token at last there is no reason to wait.
access.listen(({ needed }) => {
    if (!needed && !current) {
        pause = firstPause;
        void connect();
    }
});
