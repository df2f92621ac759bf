// A line as redis-cli cuts it into arguments: blanks between, quotes around.
import { toBytes } from '../wire/bytes';

const named: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, a: 7 };

interface Place {
    line: Uint8Array;
    at: number;
}

const code = (sign: string): number => sign.charCodeAt(0);
const blank = (byte: number | undefined): boolean =>
    byte === undefined || byte === 32 || (byte >= 9 && byte <= 13);

// One byte in double quotes, which may be written as an escape.
function quoted(place: Place): number {
    const { line } = place;
    if (line[place.at] !== code('\\') || place.at + 1 >= line.length) return line[place.at++];
    const hex = String.fromCharCode(...line.subarray(place.at + 2, place.at + 4));
    if (line[place.at + 1] === code('x') && /^[0-9a-f]{2}$/i.test(hex)) {
        place.at += 4;
        return parseInt(hex, 16);
    }
    const letter = line[place.at + 1];
    place.at += 2;
    return named[String.fromCharCode(letter)] ?? letter;
}

// One byte in single quotes, where only a quote can be escaped.
function singlyQuoted(place: Place): number {
    const { line } = place;
    if (line[place.at] === code('\\') && line[place.at + 1] === code("'")) place.at += 1;
    return line[place.at++];
}

function inQuotes(place: Place, quote: number, into: number[]): boolean {
    place.at += 1;
    while (place.at < place.line.length) {
        if (place.line[place.at] === quote) {
            place.at += 1;
            return blank(place.line[place.at]);
        }
        into.push(quote === code('"') ? quoted(place) : singlyQuoted(place));
    }
    return false;
}

// Undefined if a quote is not closed, or closed within a word.
export function split(text: string): Uint8Array[] | undefined {
    const place: Place = { line: toBytes(text), at: 0 };
    const args: Uint8Array[] = [];
    for (;;) {
        while (place.at < place.line.length && blank(place.line[place.at])) place.at += 1;
        if (place.at >= place.line.length) return args;
        const arg: number[] = [];
        while (!blank(place.line[place.at])) {
            const byte = place.line[place.at];
            if (byte === code('"') || byte === code("'")) {
                if (!inQuotes(place, byte, arg)) return undefined;
                break;
            }
            arg.push(byte);
            place.at += 1;
        }
        args.push(Uint8Array.from(arg));
    }
}
