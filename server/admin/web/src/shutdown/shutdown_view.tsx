// The shutdown theatre: how the server ends, phase by phase, and the button that makes it end.
import { useStore } from '../store';
import type { Phase, Shutdown } from '../wire/messages';
import { millis, size, whole } from '../words';
import { Curtain } from './curtain';
import { lasted, story, type Story } from './story';

interface Act {
    phase: Phase;
    title: string;
    words: string;
}

const acts: Act[] = [
    { phase: 'not_accepting', title: 'Not accepting', words: 'Nobody new is let in.' },
    { phase: 'not_reading', title: 'Not reading', words: 'What was heard is answered.' },
    { phase: 'flushing', title: 'Flushing', words: 'What is owed is sent.' },
    { phase: 'hard', title: 'Hard', words: 'Who is still there is closed.' },
];

const figures: { name: keyof Omit<Shutdown, 'phase'>; title: string }[] = [
    { name: 'clients', title: 'clients left' },
    { name: 'answering', title: 'being answered' },
    { name: 'drained', title: 'drained' },
    { name: 'forced', title: 'forced' },
    { name: 'bytes_lost', title: 'bytes lost' },
];

const rank = (phase: Phase): number => acts.findIndex((act) => act.phase === phase);

// How long an act took: until the next one that was seen, or until the newest message.
function duration(told: Story, phase: Phase): number | undefined {
    const began = told.began[phase];
    if (began === undefined) return undefined;
    const later = acts.slice(rank(phase) + 1).map((act) => told.began[act.phase]);
    return (later.find((at) => at !== undefined) ?? told.at) - began;
}

function state(told: Story, phase: Phase): string {
    if (told.now === phase && !told.ended) return `now, for ${millis(lasted(told))}`;
    const took = duration(told, phase);
    if (took !== undefined) return `took ${millis(took)}`;
    const over = told.ended || rank(told.now) > rank(phase);
    return over ? 'was not seen: too short, or not needed' : 'not yet';
}

function Acts({ told }: { told: Story }) {
    return (
        <ol class="acts">
            {acts.map(({ phase, title, words }) => {
                const current = told.now === phase && !told.ended;
                return (
                    <li key={phase} data-phase={phase} class={current ? 'current' : ''}
                        aria-current={current ? 'step' : undefined}>
                        <strong>{title}</strong>
                        <span>{words}</span>
                        <span class="quiet" data-part="state">{state(told, phase)}</span>
                    </li>
                );
            })}
        </ol>
    );
}

function Picture({ told }: { told: Story }) {
    const last = told.last;
    const words = (name: keyof Omit<Shutdown, 'phase'>): string => {
        if (!last) return '–';
        return name === 'bytes_lost' ? size(last[name]) : whole(last[name]);
    };
    return (
        <dl class="facts big">
            {figures.map(({ name, title }) => (
                <div key={name} data-fact={name}>
                    <dt>{title}</dt>
                    <dd>{words(name)}</dd>
                </div>
            ))}
        </dl>
    );
}

function sentence(told: Story): string {
    if (told.ended) return 'The server has ended. This is the last that was heard of it.';
    if (told.now === 'running') {
        return told.asked ? 'The server was asked to end.' : 'The server runs.';
    }
    return `The server is shutting down: ${told.now.replace('_', ' ')}.`;
}

export function ShutdownView() {
    const told = useStore(story);
    return (
        <>
            <h1>Shutdown</h1>
            <p>
                The server ends in phases. Each is over as soon as nothing is left to do in it, or
                when its time is; all of it is over when nobody is left.
            </p>
            <section class="card">
                <h2>Now</h2>
                <p id="shutdown-state" role="status"><strong>{sentence(told)}</strong></p>
                <Acts told={told} />
                <Picture told={told} />
                <p class="quiet">
                    Drained: has received all it was owed. Forced: was closed before that. Bytes
                    lost: what the forced were owed.
                </p>
            </section>
            <Curtain told={told} />
        </>
    );
}
