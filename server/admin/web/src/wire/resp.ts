// RESP2 and RESP3: writes requests, and reads replies that arrive cut anywhere.
import { joined, toBytes, toText } from './bytes';

export type Reply =
    | { kind: 'simple' | 'error' | 'integer' | 'double' | 'big number'; text: string }
    | { kind: 'bulk' | 'verbatim'; bytes: Uint8Array }
    | { kind: 'boolean'; value: boolean }
    | { kind: 'null' }
    // A map has its keys and values in turn.
    | { kind: 'array' | 'set' | 'map' | 'push' | 'attribute'; items: Reply[] };

type Group = Extract<Reply, { items: Reply[] }>;
export type Argument = string | number | Uint8Array;

export function request(args: Argument[]): Uint8Array {
    const parts: Uint8Array[] = [toBytes(`*${args.length}\r\n`)];
    for (const arg of args) {
        const bytes = arg instanceof Uint8Array ? arg : toBytes(String(arg));
        parts.push(toBytes(`$${bytes.length}\r\n`), bytes, toBytes('\r\n'));
    }
    return joined(parts);
}

// What a reply says as text; empty for a group and for nothing.
export function textOf(reply: Reply | undefined): string {
    if (!reply) return '';
    if ('text' in reply) return reply.text;
    return 'bytes' in reply ? toText(reply.bytes) : '';
}

export const itemsOf = (reply: Reply): Reply[] => ('items' in reply ? reply.items : []);

export const bytesOf = (reply: Reply | undefined): Uint8Array =>
    reply && 'bytes' in reply ? reply.bytes : toBytes(textOf(reply));

const lines: Record<string, 'simple' | 'error' | 'integer' | 'double' | 'big number'> = {
    '+': 'simple', '-': 'error', ':': 'integer', ',': 'double', '(': 'big number',
};
const groups: Record<string, Group['kind']> = {
    '*': 'array', '~': 'set', '%': 'map', '>': 'push', '|': 'attribute',
};

export class Parser {
    // What has come and is not yet read lies between from_ and to_.
    private buffer = new Uint8Array(4096);
    private from = 0;
    private to = 0;
    private open: { group: Group; missing: number }[] = [];

    // The replies that are whole now.
    feed(chunk: Uint8Array): Reply[] {
        this.append(chunk);
        const whole: Reply[] = [];
        for (let next = this.next(); next; next = this.next()) {
            const done = this.close(next);
            if (done && done.kind !== 'attribute') whole.push(done);
        }
        return whole;
    }

    private append(chunk: Uint8Array): void {
        if (this.to + chunk.length > this.buffer.length) {
            const rest = this.buffer.subarray(this.from, this.to);
            const size = Math.max(this.buffer.length, 2 * (rest.length + chunk.length));
            const bigger = new Uint8Array(size);
            bigger.set(rest);
            this.buffer = bigger;
            this.to = rest.length;
            this.from = 0;
        }
        this.buffer.set(chunk, this.to);
        this.to += chunk.length;
    }

    // One thing that is no group with something in it; 'opened' says that such a group began.
    private next(): Reply | 'opened' | undefined {
        const end = this.buffer.subarray(0, this.to).indexOf(13, this.from);
        if (end < 0 || end + 2 > this.to) return undefined;
        const sign = String.fromCharCode(this.buffer[this.from]);
        const text = toText(this.buffer.subarray(this.from + 1, end));
        if (sign === '$' || sign === '=' || sign === '!') {
            return this.bulk(sign, Number(text), end + 2);
        }
        this.from = end + 2;
        if (lines[sign]) return { kind: lines[sign], text };
        if (sign === '#') return { kind: 'boolean', value: text === 't' };
        if (sign === '_') return { kind: 'null' };
        if (!groups[sign]) throw new Error(`the server said what is not RESP: ${sign}${text}`);
        return this.begin(groups[sign], Number(text));
    }

    private bulk(sign: string, length: number, start: number): Reply | undefined {
        if (length < 0) {
            this.from = start;
            return { kind: 'null' };
        }
        if (start + length + 2 > this.to) return undefined;
        const bytes = this.buffer.slice(start, start + length);
        this.from = start + length + 2;
        if (sign === '!') return { kind: 'error', text: toText(bytes) };
        if (sign === '=') return { kind: 'verbatim', bytes: bytes.subarray(4) };
        return { kind: 'bulk', bytes };
    }

    private begin(kind: Group['kind'], count: number): Reply | 'opened' {
        if (count < 0) return { kind: 'null' };
        const group: Group = { kind, items: [] };
        if (count === 0) return group;
        const twice = kind === 'map' || kind === 'attribute';
        this.open.push({ group, missing: twice ? 2 * count : count });
        return 'opened';
    }

    // Puts a part where it belongs. The reply that has become whole by it, if one has.
    private close(part: Reply | 'opened'): Reply | undefined {
        if (part === 'opened') return undefined;
        let done: Reply = part;
        for (let top = this.open.at(-1); top; top = this.open.at(-1)) {
            if (done.kind === 'attribute') return undefined;
            top.group.items.push(done);
            if (--top.missing > 0) return undefined;
            done = top.group;
            this.open.pop();
        }
        return done;
    }
}
