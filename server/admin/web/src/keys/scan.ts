// Reads the keys of a database by SCAN, part by part, and what there is to know of each.
//
// Never KEYS: it would hold up every client for as long as it takes.
import { identity, shown, toBytes } from '../wire/bytes';
import { bytesOf, itemsOf, textOf, type Argument, type Reply } from '../wire/resp';
import type { Session } from '../wire/session';

export interface Key {
    id: string;
    name: Uint8Array;
    label: string;
    type: string;
    ttl: number;  // ms; -1 if it has none
    bytes: number;
    encoding: string;
}

export interface Wish {
    database: number;
    match: string;
    type: string;  // empty for all
}

// Keys that are looked at in one request, and in one call of more() until it asks to go on.
const perRequest = 1000;
const examinedAtMost = 200_000;

// What is known of a key, in the order of the questions below; 'none' if it has gone meanwhile.
function keyOf(name: Uint8Array, answers: Reply[]): Key {
    const [type, ttl, bytes, encoding] = answers.map((reply) =>
        reply.kind === 'error' ? '' : textOf(reply));
    return {
        id: identity(name), name, label: shown(name), type,
        ttl: Number(ttl), bytes: Number(bytes) || 0, encoding,
    };
}

export async function describe(session: Session, names: Uint8Array[]): Promise<Key[]> {
    const answers = await Promise.all(names.map((name) => Promise.all([
        session.ask('TYPE', name),
        session.ask('PTTL', name),
        session.ask('MEMORY', 'USAGE', name),
        session.ask('OBJECT', 'ENCODING', name),
    ])));
    return names.map((name, i) => keyOf(name, answers[i]));
}

export class Scan {
    // By identity: SCAN may name a key twice.
    readonly keys = new Map<string, Key>();
    examined = 0;
    done = false;
    private cursor = '0';
    private stopped = false;

    constructor(private session: Session, private wish: Wish) {}

    // Reads on until `wanted` more keys are found, or enough was examined for now.
    async more(wanted: number): Promise<void> {
        const enough = this.keys.size + wanted;
        const last = this.examined + examinedAtMost;
        while (!this.done && !this.stopped && this.keys.size < enough && this.examined < last) {
            await this.step();
        }
    }

    stop(): void {
        this.stopped = true;
    }

    async again(name: Uint8Array): Promise<void> {
        const [key] = await describe(this.session, [name]);
        if (key.type === 'none') this.keys.delete(key.id);
        else this.keys.set(key.id, key);
    }

    private async step(): Promise<void> {
        const words: Argument[] = ['SCAN', this.cursor, 'COUNT', perRequest];
        if (this.wish.match) words.push('MATCH', toBytes(this.wish.match));
        if (this.wish.type) words.push('TYPE', this.wish.type);
        const [cursor, found] = itemsOf(await this.session.demand(...words));
        this.cursor = textOf(cursor);
        this.examined += perRequest;
        this.done = this.cursor === '0';
        const fresh = itemsOf(found).map(bytesOf).filter((name) => !this.keys.has(identity(name)));
        for (const key of await describe(this.session, fresh)) {
            if (key.type !== 'none') this.keys.set(key.id, key);
        }
    }
}
