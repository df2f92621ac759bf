// A scan that begins anew with each wish, and what of it is to be drawn.
import { useEffect, useState } from 'preact/hooks';
import { textOf } from '../wire/resp';
import type { Session } from '../wire/session';
import { Scan, type Wish } from './scan';

export interface Scanning {
    scan?: Scan;
    all: number;  // keys in the database
    busy: boolean;
    words: string;
    version: number;  // another one for each change of what was found
    more: () => void;
    again: (name: Uint8Array) => Promise<void>;
}

const keysAtOnce = 5000;

export function useScan(session: Session | undefined, wish: Wish): Scanning {
    const [scan, setScan] = useState<Scan>();
    const [all, setAll] = useState(0);
    const [busy, setBusy] = useState(false);
    const [words, setWords] = useState('');
    const [version, setVersion] = useState(0);
    const run = async (work: () => Promise<void>, current = () => true) => {
        setBusy(true);
        setWords('');
        try {
            await work();
        } catch (failure) {
            if (current()) setWords((failure as Error).message);
        }
        if (!current()) return;
        setBusy(false);
        setVersion((n) => n + 1);
    };
    useEffect(() => {
        if (!session) return undefined;
        let current = true;
        const fresh = new Scan(session, wish);
        void run(async () => {
            await session.demand('SELECT', wish.database);
            const size = await session.demand('DBSIZE');
            if (!current) return;
            setAll(Number(textOf(size)));
            setScan(fresh);
            await fresh.more(keysAtOnce);
        }, () => current);
        return () => {
            current = false;
            fresh.stop();
        };
    }, [session, wish]);
    return {
        scan, all, busy, words, version,
        more: () => void (scan && run(() => scan.more(keysAtOnce))),
        again: async (name) => {
            if (scan) await run(() => scan.again(name));
        },
    };
}
