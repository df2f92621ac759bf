// A session of its own that listens: to channels, to patterns, or to every command.
import { useEffect, useRef, useState } from 'preact/hooks';
import { PasswordForm, wantsPassword } from '../parts/password_form';
import { Session, rememberPassword } from '../wire/session';
import { toBytes } from '../wire/bytes';
import { split } from './quoting';
import { replyWords } from './reply_words';
import type { Reply } from '../wire/resp';

const ways = ['SUBSCRIBE', 'PSUBSCRIBE', 'MONITOR'] as const;
const keptLines = 300;

interface Heard {
    number: number;
    at: string;
    words: string;
}

const now = (): string => new Date().toTimeString().slice(0, 8);

function useListening() {
    const [heard, setHeard] = useState<Heard[]>([]);
    const [words, setWords] = useState('');
    const [session, setSession] = useState<Session>();
    const open = useRef<Session | undefined>(undefined);
    useEffect(() => () => open.current?.close(), []);
    const add = (reply: Reply) => setHeard((before) => {
        const number = (before.at(-1)?.number ?? 0) + 1;
        return [...before.slice(-keptLines + 1), { number, at: now(), words: replyWords(reply) }];
    });
    const stop = () => {
        open.current?.close();
        open.current = undefined;
        setSession(undefined);
    };
    const start = async (way: string, channels: Uint8Array[]) => {
        stop();
        setWords('');
        const fresh = new Session({ pushed: add, closed: stop });
        open.current = fresh;
        setSession(fresh);
        try {
            const greeting = await fresh.greeting;
            const reply = greeting.kind === 'error' ? greeting : await fresh.ask(way, ...channels);
            if (reply.kind === 'push') return;
            if (reply.kind !== 'error') return add(reply);
            setWords(reply.text);
        } catch (failure) {
            setWords((failure as Error).message);
        }
        stop();
    };
    return { heard, words, listening: session !== undefined, start, stop };
}

export function ListenerPane() {
    const { heard, words, listening, start, stop } = useListening();
    const [way, setWay] = useState<string>('SUBSCRIBE');
    const [channels, setChannels] = useState('news');
    const begin = () => {
        const args = split(channels) ?? [toBytes(channels)];
        void start(way, way === 'MONITOR' ? [] : args);
    };
    const submit = (event: Event) => {
        event.preventDefault();
        if (listening) stop();
        else begin();
    };
    const withPassword = (password: string) => {
        rememberPassword(password);
        begin();
    };
    return (
        <section class="card" aria-labelledby="listen">
            <h2 id="listen">Listen</h2>
            <form class="row" onSubmit={submit}>
                <label>
                    To
                    <select value={way} disabled={listening}
                        onChange={(event) => setWay(event.currentTarget.value)}>
                        {ways.map((one) => <option key={one}>{one}</option>)}
                    </select>
                </label>
                <label>
                    Channels
                    <input value={channels} disabled={listening || way === 'MONITOR'}
                        required={way !== 'MONITOR'}
                        onInput={(event) => setChannels(event.currentTarget.value)} />
                </label>
                <button class="main">{listening ? 'Stop' : 'Listen'}</button>
            </form>
            {wantsPassword(words) ? <PasswordForm words={words} given={withPassword} />
                : words && <p class="error" role="alert">{words}</p>}
            <div class="wide log" tabIndex={0} role="log" aria-label="Heard">
                {heard.map((one) => (
                    <p key={one.number}>
                        <span class="quiet">{one.at}</span> <code class="bytes">{one.words}</code>
                    </p>
                ))}
                {heard.length === 0 && <p class="quiet">Nothing yet.</p>}
            </div>
        </section>
    );
}
