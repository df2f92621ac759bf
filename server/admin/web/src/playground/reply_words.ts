// A reply as redis-cli shows it in a terminal.
import { escaped, toText } from '../wire/bytes';
import type { Reply } from '../wire/resp';

const empty = {
    array: '(empty array)', set: '(empty set)', map: '(empty hash)', push: '(empty push)',
    attribute: '(empty attribute)',
};
const marks = { array: ')', set: '~', map: '#', push: ')', attribute: '|' };

function group(reply: Extract<Reply, { items: Reply[] }>, prefix: string): string {
    const { kind, items } = reply;
    if (items.length === 0) return empty[kind];
    const step = kind === 'map' || kind === 'attribute' ? 2 : 1;
    const digits = String(Math.floor(items.length / step)).length;
    const inner = prefix + ' '.repeat(digits + 2);
    const lines: string[] = [];
    for (let i = 0; i < items.length; i += step) {
        const number = String(i / step + 1).padStart(digits);
        // Who called has put the prefix before the first line.
        const head = `${i === 0 ? '' : prefix}${number}${marks[kind]} `;
        const value = step === 2 ? ` => ${replyWords(items[i + 1], inner)}` : '';
        lines.push(head + replyWords(items[i], inner) + value);
    }
    return lines.join('\n');
}

export function replyWords(reply: Reply, prefix = ''): string {
    switch (reply.kind) {
        case 'simple':
            return reply.text;
        case 'error':
            return `(error) ${reply.text}`;
        case 'integer':
            return `(integer) ${reply.text}`;
        case 'double':
            return `(double) ${reply.text}`;
        case 'big number':
            return `(big number) ${reply.text}`;
        case 'boolean':
            return reply.value ? '(true)' : '(false)';
        case 'null':
            return '(nil)';
        case 'bulk':
            return `"${escaped(reply.bytes)}"`;
        case 'verbatim':
            return toText(reply.bytes);
        default:
            return group(reply, prefix);
    }
}
