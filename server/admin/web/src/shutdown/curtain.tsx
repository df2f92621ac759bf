// The button that ends the server, and the question before it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { PasswordForm, wantsPassword } from '../parts/password_form';
import { useSession } from '../parts/use_session';
import { useStore } from '../store';
import { several } from '../words';
import { feed } from '../wire/feed';
import { itemsOf, textOf } from '../wire/resp';
import type { Session } from '../wire/session';
import { asked, patience, type Story } from './story';

// The times a phase may take are the server's to say.
async function readPatience(session: Session): Promise<void> {
    const ms = async (name: string): Promise<number | undefined> => {
        const [, value] = itemsOf(await session.ask('CONFIG', 'GET', name));
        return value ? 1000 * Number(textOf(value)) : undefined;
    };
    const [answering, flushing] =
        await Promise.all([ms('shutdown-answer-timeout'), ms('shutdown-timeout')]);
    if (answering !== undefined) patience.change({ not_reading: answering });
    if (flushing !== undefined) patience.change({ flushing });
}

interface QuestionProps {
    answered: (yes: boolean) => void;
}

function Question({ answered }: QuestionProps) {
    const { clients } = useStore(feed);
    const dialog = useRef<HTMLDialogElement>(null);
    useEffect(() => dialog.current!.showModal(), []);
    return (
        <dialog ref={dialog} aria-labelledby="question" onCancel={() => answered(false)}>
            <h2 id="question">Shut the server down?</h2>
            <p>
                {clients ? `${several(clients.length, 'client')} will lose their connection. ` : ''}
                What is kept in memory only is gone. It cannot be taken back.
            </p>
            <div class="row">
                <button onClick={() => answered(false)}>Leave it running</button>
                <button class="danger" onClick={() => answered(true)}>Shut it down</button>
            </div>
        </dialog>
    );
}

export function Curtain({ told }: { told: Story }) {
    const { session, words, again, withPassword } = useSession();
    const [asking, setAsking] = useState(false);
    const [refusal, setRefusal] = useState('');
    useEffect(() => {
        if (session) readPatience(session).catch(() => undefined);
    }, [session]);
    if (told.ended) return null;
    if (wantsPassword(words)) return <PasswordForm words={words} given={withPassword} />;
    const answered = (yes: boolean) => {
        setAsking(false);
        if (!yes || !session) return;
        asked(true);
        const refused = (why: string) => {
            asked(false);
            setRefusal(why);
        };
        // No answer at all, only the end, is the good answer.
        session.ask('SHUTDOWN').then(
            (reply) => reply.kind === 'error' && refused(reply.text),
            () => undefined,
        );
    };
    return (
        <section class="card">
            <h2>End it</h2>
            {refusal && <p class="error" role="alert">{refusal}</p>}
            {words && <p class="error" role="alert">{words}</p>}
            <div class="row">
                <button class="danger" disabled={!session || told.asked}
                    onClick={() => setAsking(true)}>
                    Shut the server down
                </button>
                {words && <button onClick={again}>Open a session again</button>}
            </div>
            {asking && <Question answered={answered} />}
        </section>
    );
}
