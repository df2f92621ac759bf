// Plays a recording: a slider over its steps, and at each what would be if it were cancelled there.
import { useEffect, useState } from 'preact/hooks';
import type { Cancelled, Recording, Run, Step } from './format';

// A line for each CRLF, as the bytes are meant.
const inLines = (text: string): string => text.replaceAll('\\r\\n', '\\r\\n\n').trimEnd();

function Bytes({ title, text, kind }: { title: string; text: string; kind: string }) {
    return (
        <div class={kind} data-bytes={kind}>
            <h2>{title}</h2>
            <pre class="bytes" tabIndex={0} aria-label={title}>{inLines(text) || '(nothing)'}</pre>
        </div>
    );
}

function StepCard({ step }: { step: Step }) {
    return (
        <div aria-live="polite" id="step">
            <p>
                <strong>{step.task}</strong>
                {step.file && <>, parked at <code>{step.file}:{step.line}</code></>}
            </p>
            {step.source && (
                <pre class="source" tabIndex={0} aria-label="Source line">{step.source}</pre>
            )}
            {step.waits_for && <p>It waits for <strong>{step.waits_for}</strong>.</p>}
            {step.note && <p>{step.note}</p>}
            <div class="sides even">
                <Bytes title="Received so far" text={step.received} kind="received" />
                <Bytes title="Sent so far" text={step.sent} kind="sent" />
            </div>
        </div>
    );
}

function CancelledCard({ cancelled }: { cancelled: Cancelled }) {
    return (
        <section class="notice" id="cancelled" role="status">
            <h2>Cancelled here</h2>
            <p>The client would receive:</p>
            <pre class="bytes" tabIndex={0} aria-label="Received by the client">
                {inLines(cancelled.sent) || '(nothing)'}
            </pre>
            <p>
                {cancelled.applied.length ? 'Has taken effect: ' : 'Nothing has taken effect.'}
                {cancelled.applied.map((command) => <code key={command}>{command} </code>)}
            </p>
            {cancelled.note && <p>{cancelled.note}</p>}
        </section>
    );
}

function RunPlayer({ run }: { run: Run }) {
    const [at, setAt] = useState(0);
    const [cancelled, setCancelled] = useState(false);
    const last = run.steps.length - 1;
    const go = (to: number) => {
        setAt(Math.min(Math.max(0, to), last));
        setCancelled(false);
    };
    useEffect(() => go(0), [run]);
    const step = run.steps[at] ?? run.steps[0];
    if (!step) return <p class="quiet">This run has no steps.</p>;
    return (
        <section class="card">
            <p>The request: <code class="bytes">{run.request}</code></p>
            <div class="row">
                <button onClick={() => go(at - 1)} disabled={at === 0}>Back</button>
                <label class="slider">
                    Step {at + 1} of {run.steps.length}
                    <input type="range" min="0" max={last} value={at}
                        aria-valuetext={`Step ${at + 1}: ${step.task}, ${step.waits_for ?? step.note ?? ''}`}
                        onInput={(event) => go(Number(event.currentTarget.value))} />
                </label>
                <button onClick={() => go(at + 1)} disabled={at === last}>Forward</button>
            </div>
            <StepCard step={step} />
            <button class="danger" disabled={!step.cancelled || cancelled}
                onClick={() => setCancelled(true)}>
                Cancel here
            </button>
            {cancelled && step.cancelled && <CancelledCard cancelled={step.cancelled} />}
        </section>
    );
}

export function Player({ recording }: { recording: Recording }) {
    const [chosen, setChosen] = useState(0);
    const run = recording.runs[chosen];
    return (
        <>
            <h1>Step through one request</h1>
            <p>
                What the server does between the bytes that come and the bytes that go: each step is
                a place where a task runs, or waits, and could be cancelled.
            </p>
            {recording.runs.length > 1 && (
                <p>
                    <label>
                        Run{' '}
                        <select value={String(chosen)}
                            onChange={(event) => setChosen(Number(event.currentTarget.value))}>
                            {recording.runs.map(({ title }, i) => (
                                <option key={title} value={String(i)}>{title}</option>
                            ))}
                        </select>
                    </label>
                </p>
            )}
            {run ? <RunPlayer run={run} /> : <p class="quiet">There are no runs.</p>}
        </>
    );
}
