// A session that lives as long as the view that uses it, and what stands in its way.
import { useEffect, useState } from 'preact/hooks';
import { Session, rememberPassword, type Listener } from '../wire/session';

export interface Opened {
    session?: Session;
    // Why there is none: the server's own words, if it has said any.
    words: string;
    again: () => void;
    withPassword: (password: string) => void;
}

const closedWords = 'The session is closed.';

export function useSession(listener: Listener = {}): Opened {
    const [attempt, setAttempt] = useState(0);
    const [session, setSession] = useState<Session>();
    const [words, setWords] = useState('');
    useEffect(() => {
        const closed = () => {
            setSession(undefined);
            setWords((before) => before || closedWords);
            listener.closed?.();
        };
        const opening = new Session({ ...listener, closed });
        setWords('');
        opening.greeting.then(
            (reply) => {
                if (reply.kind === 'error') setWords(reply.text);
                else setSession(opening);
            },
            () => undefined,
        );
        return () => {
            opening.close();
            setSession(undefined);
        };
    }, [attempt]);
    const again = () => setAttempt((n) => n + 1);
    const withPassword = (password: string) => {
        rememberPassword(password);
        again();
    };
    return { session, words, again, withPassword };
}
