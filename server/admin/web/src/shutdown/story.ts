// What of a shutdown has been seen: when each phase began, and the last picture of all.
//
// It is kept when the server has ended: then nobody is left to be asked.
import { Store } from '../store';
import { onClosed, onMessage } from '../wire/feed';
import type { FeedMessage, Phase, Shutdown } from '../wire/messages';

export interface Story {
    asked: boolean;  // by this page
    ended: boolean;
    now: Phase;
    began: Partial<Record<Phase, number>>;  // ms, by the server's clock
    last?: Shutdown;
    at: number;  // when that was, by the server's clock
}

// How long each phase may last, in ms; nothing may remain of the last one.
export const patience = new Store<Record<Phase, number>>({
    running: Infinity, not_accepting: 0, not_reading: 2000, flushing: 10_000, hard: 0,
});

const nothing: Story = { asked: false, ended: false, now: 'running', began: {}, at: 0 };

export const story = new Store<Story>(nothing);

// The end closes the session before it answers, so it is said beforehand.
export const asked = (yes: boolean) => story.change({ asked: yes });

export const lasted = ({ began, now, at }: Story): number => at - (began[now] ?? at);

// By how much the phase in force is past its time, in ms; 0 if it is not.
export function overdue(told: Story): number {
    return told.now === 'running' ? 0 : Math.max(0, lasted(told) - patience.value[told.now]);
}

onMessage(({ shutdown, at_ms: at }: FeedMessage) => {
    const before = story.value.ended ? nothing : story.value;
    const began = shutdown.phase in before.began
        ? before.began
        : { ...before.began, [shutdown.phase]: at };
    story.set({ ...before, now: shutdown.phase, began, last: shutdown, at });
});

// A feed that closes in the middle of a shutdown closes because the server has ended.
onClosed(() => {
    const { asked: here, now } = story.value;
    if (here || now !== 'running') story.change({ ended: true });
});
