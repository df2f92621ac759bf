// A Redis session of its own, over a WebSocket: requests in, replies and pushes out.
//
// Requests are pipelined: those that are asked in one go leave in one message.
import { socket } from './access';
import { joined, toText } from './bytes';
import { Parser, request, textOf, type Argument, type Reply } from './resp';

export type Direction = 'sent' | 'received';

export interface Listener {
    pushed?: (reply: Reply) => void;
    bytes?: (direction: Direction, bytes: Uint8Array) => void;
    closed?: () => void;
}

interface Waiting {
    // In RESP3 a subscription is answered by a push of this name, which is told as a push as well:
    // so all pushes are heard in their order.
    push: string;
    resolve: (reply: Reply) => void;
    reject: (failure: Error) => void;
}

const largest = 64 * 1024;

const wordOf = (arg: Argument): string => (arg instanceof Uint8Array ? toText(arg) : String(arg));

// What AUTH needs, once the user has told it; forgotten with the page.
let password = '';
export const rememberPassword = (text: string) => void (password = text);

export class ClosedError extends Error {
    constructor() {
        super('the server has closed the session');
    }
}

export class Session {
    // The reply to HELLO.
    readonly greeting: Promise<Reply>;
    private socket = socket('/ws/session');
    private parser = new Parser();
    private waiting: Waiting[] = [];
    private leaving: Uint8Array[] = [];
    private ended = false;

    constructor(private listener: Listener = {}) {
        this.socket.onopen = () => this.flush();
        this.socket.onmessage = ({ data }) => this.take(new Uint8Array(data as ArrayBuffer));
        this.socket.onclose = () => this.end();
        this.greeting = password
            ? this.ask('HELLO', 3, 'AUTH', 'default', password)
            : this.ask('HELLO', 3);
        this.greeting.catch(() => undefined);
    }

    get open(): boolean {
        return !this.ended;
    }

    // Fails only if there is no session any more; an error of the server is a reply.
    ask(...args: Argument[]): Promise<Reply> {
        if (this.ended) return Promise.reject(new ClosedError());
        if (this.leaving.length === 0) queueMicrotask(() => this.flush());
        this.leaving.push(request(args));
        const name = wordOf(args[0]).toLowerCase();
        const push = /^[ps]?(un)?subscribe$/.test(name) ? name : '';
        return new Promise((resolve, reject) => this.waiting.push({ push, resolve, reject }));
    }

    // As ask, but an error of the server is thrown, in its own words.
    async demand(...args: Argument[]): Promise<Reply> {
        const reply = await this.ask(...args);
        if (reply.kind === 'error') throw new Error(reply.text);
        return reply;
    }

    close(): void {
        this.listener = {};
        this.socket.close();
        this.end();
    }

    private flush(): void {
        if (this.socket.readyState !== WebSocket.OPEN || this.leaving.length === 0) return;
        const bytes = joined(this.leaving);
        this.leaving = [];
        for (let at = 0; at < bytes.length; at += largest) {
            this.socket.send(bytes.slice(at, at + largest));
        }
        this.listener.bytes?.('sent', bytes);
    }

    private take(bytes: Uint8Array): void {
        this.listener.bytes?.('received', bytes);
        for (const reply of this.parser.feed(bytes)) this.deliver(reply);
    }

    private deliver(reply: Reply): void {
        const first = this.waiting[0];
        const name = reply.kind === 'push' ? textOf(reply.items[0]) : '';
        const answers = first && (reply.kind !== 'push' || (name && name === first.push));
        if (answers) this.waiting.shift();
        if (!answers || reply.kind === 'push') this.listener.pushed?.(reply);
        if (answers) first.resolve(reply);
    }

    private end(): void {
        if (this.ended) return;
        this.ended = true;
        for (const { reject } of this.waiting.splice(0)) reject(new ClosedError());
        this.listener.closed?.();
    }
}
