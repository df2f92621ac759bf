// Bytes as text, and text as bytes. What Redis keeps are bytes; only some of them are text.

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

export const toBytes = (text: string): Uint8Array => encoder.encode(text);
export const toText = (bytes: Uint8Array): string => lenient.decode(bytes);

// The text, or undefined if the bytes are no text that could be read.
export function asText(bytes: Uint8Array): string | undefined {
    try {
        const text = strict.decode(bytes);
        return unprintable.test(text) ? undefined : text;
    } catch {
        return undefined;
    }
}

const printable = (byte: number): boolean => byte >= 32 && byte < 127;

const named: Record<number, string> = {
    7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 13: '\\r', 34: '\\"', 92: '\\\\',
};

// As redis-cli shows a string, without the quotes around it.
export function escaped(bytes: Uint8Array): string {
    let out = '';
    for (const byte of bytes) {
        if (named[byte]) out += named[byte];
        else if (printable(byte)) out += String.fromCharCode(byte);
        else out += '\\x' + byte.toString(16).padStart(2, '0');
    }
    return out;
}

// Readable as it is if it can be, escaped if not.
export const shown = (bytes: Uint8Array): string => asText(bytes) ?? escaped(bytes);

// One character a byte: a name for bytes that a Map can compare.
export function identity(bytes: Uint8Array): string {
    let out = '';
    for (const byte of bytes) out += String.fromCharCode(byte);
    return out;
}

export function joined(parts: Uint8Array[]): Uint8Array {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}

// Sixteen bytes a line: the place, the bytes, what of them is ASCII.
export function hexLines(bytes: Uint8Array): string {
    const lines: string[] = [];
    for (let at = 0; at < bytes.length; at += 16) {
        const row = [...bytes.subarray(at, at + 16)];
        const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
        const ascii = row.map((byte) => String.fromCharCode(printable(byte) ? byte : 46)).join('');
        lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(47)}  ${ascii}`);
    }
    return lines.join('\n');
}
