// The bytes of a session, both ways, as they are.
import { escaped, joined } from '../wire/bytes';
import type { Direction } from '../wire/session';

export interface Entry {
    number: number;
    direction: Direction;
    bytes: Uint8Array;
}

const keptEntries = 200;
const shownBytes = 2000;

// What goes on in the same direction joins what went before.
export function withBytes(log: Entry[], direction: Direction, bytes: Uint8Array): Entry[] {
    const last = log.at(-1);
    if (last?.direction === direction && last.bytes.length < shownBytes) {
        return [...log.slice(0, -1), { ...last, bytes: joined([last.bytes, bytes]) }];
    }
    const number = (last?.number ?? 0) + 1;
    return [...log.slice(-keptEntries + 1), { number, direction, bytes }];
}

function lines(bytes: Uint8Array): string {
    const text = escaped(bytes.subarray(0, shownBytes)).replaceAll('\\"', '"');
    const rest = bytes.length - shownBytes;
    const more = rest > 0 ? `\n… ${rest} bytes more` : '';
    return text.replaceAll('\\r\\n', '\\r\\n\n').trimEnd() + more;
}

export function ByteLog({ log }: { log: Entry[] }) {
    return (
        <div class="wide log" tabIndex={0} role="region" aria-labelledby="bytes">
            <ol reversed>
                {[...log].reverse().map(({ number, direction, bytes }) => (
                    <li key={number} class={direction} data-direction={direction}>
                        <span class="quiet">
                            {direction === 'sent' ? '→ sent' : '← received'}
                        </span>
                        <code class="bytes">{lines(bytes)}</code>
                    </li>
                ))}
            </ol>
        </div>
    );
}
