// What can be done to a key, once changes are allowed: delete, rename, expire, persist.
import { useEffect, useState } from 'preact/hooks';
import { toBytes } from '../wire/bytes';
import { textOf, type Argument } from '../wire/resp';
import type { Session } from '../wire/session';
import type { Key } from './scan';

interface Props {
    session: Session;
    item: Key;
    // The key that the change has left, under the name it has now.
    changed: (name: Uint8Array) => void;
}

export function Changes({ session, item, changed }: Props) {
    const [name, setName] = useState(item.label);
    const [seconds, setSeconds] = useState('60');
    const [words, setWords] = useState('');
    const [sure, setSure] = useState(false);
    useEffect(() => {
        setName(item.label);
        setWords('');
        setSure(false);
    }, [item.id]);
    const change = async (now: Uint8Array, otherwise: string, ...command: Argument[]) => {
        try {
            const done = textOf(await session.demand(...command)) !== '0';
            setWords(done ? '' : otherwise);
            if (done) changed(now);
        } catch (failure) {
            setWords((failure as Error).message);
        }
    };
    const remove = () => {
        if (sure) void change(item.name, 'There was no such key any more.', 'DEL', item.name);
        setSure(!sure);
    };
    const rename = (event: Event) => {
        event.preventDefault();
        // Not RENAME: it would throw away what has that name already.
        const to = toBytes(name);
        void change(to, 'There is a key of that name.', 'RENAMENX', item.name, to);
    };
    const expire = (event: Event) => {
        event.preventDefault();
        void change(item.name, 'There was no such key any more.', 'EXPIRE', item.name, seconds);
    };
    const persist = () => {
        void change(item.name, 'It had no expiry.', 'PERSIST', item.name);
    };
    return (
        <div class="changes">
            {words && <p class="error" role="alert">{words}</p>}
            <form class="row" onSubmit={rename}>
                <label>
                    New name
                    <input value={name} required
                        onInput={(event) => setName(event.currentTarget.value)} />
                </label>
                <button>Rename</button>
            </form>
            <form class="row" onSubmit={expire}>
                <label>
                    Seconds
                    <input type="number" min="1" step="1" required value={seconds}
                        onInput={(event) => setSeconds(event.currentTarget.value)} />
                </label>
                <button>Set expiry</button>
                <button type="button" onClick={persist}>Persist</button>
            </form>
            <div class="row">
                <button class="danger" onClick={remove}>{sure ? 'Really delete' : 'Delete'}</button>
                {sure && <button onClick={() => setSure(false)}>Keep</button>}
            </div>
        </div>
    );
}
