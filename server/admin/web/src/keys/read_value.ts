// Reads a value part by part, whatever its type: rows of cells, and where to go on.
import { toBytes, toText } from '../wire/bytes';
import { bytesOf, itemsOf, textOf, type Reply } from '../wire/resp';
import type { Session } from '../wire/session';

export interface Part {
    rows: Uint8Array[][];
    next?: string;  // where the next part begins; nothing if this was the last
    of: number;  // how long the whole is
}

export interface Reader {
    columns: string[];
    read: (session: Session, key: Uint8Array, from: string) => Promise<Part>;
}

export const start = '';
const perPart = 100;
const bytesPerPart = 64 * 1024;

const one = (reply: Reply): Uint8Array[] => [bytesOf(reply)];
const place = (n: number): Uint8Array => toBytes(String(n));

// RESP2 has keys and values in turn, RESP3 may have pairs.
function inPairs(items: Reply[]): Uint8Array[][] {
    if (items[0] && 'items' in items[0]) return items.map((pair) => itemsOf(pair).map(bytesOf));
    const rows: Uint8Array[][] = [];
    for (let i = 0; i + 1 < items.length; i += 2) {
        rows.push([bytesOf(items[i]), bytesOf(items[i + 1])]);
    }
    return rows;
}

const after = (at: number, length: number): string | undefined =>
    (at < length ? String(at) : undefined);

const string: Reader = {
    columns: ['value'],
    async read(session, key, from) {
        const at = Number(from || 0);
        const [length, bytes] = await Promise.all([
            session.demand('STRLEN', key),
            session.demand('GETRANGE', key, at, at + bytesPerPart - 1),
        ]);
        const of = Number(textOf(length));
        return { rows: [one(bytes)], next: after(at + bytesPerPart, of), of };
    },
};

const list: Reader = {
    columns: ['place', 'element'],
    async read(session, key, from) {
        const at = Number(from || 0);
        const [length, items] = await Promise.all([
            session.demand('LLEN', key),
            session.demand('LRANGE', key, at, at + perPart - 1),
        ]);
        const of = Number(textOf(length));
        const rows = itemsOf(items).map((item, i) => [place(at + i), bytesOf(item)]);
        return { rows, next: after(at + perPart, of), of };
    },
};

const sortedSet: Reader = {
    columns: ['member', 'score'],
    async read(session, key, from) {
        const at = Number(from || 0);
        const [length, items] = await Promise.all([
            session.demand('ZCARD', key),
            session.demand('ZRANGE', key, at, at + perPart - 1, 'WITHSCORES'),
        ]);
        const of = Number(textOf(length));
        return { rows: inPairs(itemsOf(items)), next: after(at + perPart, of), of };
    },
};

function scanned(scan: string, count: string, columns: string[]): Reader {
    return {
        columns,
        async read(session, key, from) {
            const [length, reply] = await Promise.all([
                session.demand(count, key),
                session.demand(scan, key, from || '0', 'COUNT', perPart),
            ]);
            const [cursor, found] = itemsOf(reply);
            const items = itemsOf(found);
            const rows = columns.length === 2 ? inPairs(items) : items.map(one);
            const next = textOf(cursor) === '0' ? undefined : textOf(cursor);
            return { rows, next, of: Number(textOf(length)) };
        },
    };
}

const stream: Reader = {
    columns: ['id', 'fields'],
    async read(session, key, from) {
        const [length, entries] = await Promise.all([
            session.demand('XLEN', key),
            session.demand('XRANGE', key, from || '-', '+', 'COUNT', perPart),
        ]);
        const rows = itemsOf(entries).map((entry) => {
            const [id, fields] = itemsOf(entry);
            const pairs = inPairs(itemsOf(fields));
            return [bytesOf(id), ...pairs.flat()];
        });
        const next = rows.length === perPart ? `(${toText(rows.at(-1)![0])}` : undefined;
        return { rows, next, of: Number(textOf(length)) };
    },
};

export const readers: Record<string, Reader> = {
    string,
    list,
    hash: scanned('HSCAN', 'HLEN', ['field', 'value']),
    set: scanned('SSCAN', 'SCARD', ['member']),
    zset: sortedSet,
    stream,
};
