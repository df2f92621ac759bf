// A value, read part by part and shown by its type, as text or as bytes.
import { useEffect, useState } from 'preact/hooks';
import { whole } from '../words';
import { asText, escaped, hexLines, joined } from '../wire/bytes';
import type { Session } from '../wire/session';
import { readers, start, type Part } from './read_value';
import type { Key } from './scan';

interface Read {
    rows: Uint8Array[][];
    next?: string;
    of: number;
}

const nothing: Read = { rows: [], next: start, of: 0 };

// An escaped form is told from a text that looks like one by its look.
function Cell({ bytes, hex }: { bytes: Uint8Array; hex: boolean }) {
    if (hex) return <code class="bytes">{hexLines(bytes)}</code>;
    const text = asText(bytes);
    if (text === undefined) return <code class="bytes escaped">{escaped(bytes)}</code>;
    return <code class="bytes">{text}</code>;
}

// A stream's entry has as many fields as it likes; they share the last column.
function Rows({ rows, columns, hex }: { rows: Uint8Array[][]; columns: string[]; hex: boolean }) {
    return (
        <table>
            <thead>
                <tr>{columns.map((name) => <th scope="col" key={name}>{name}</th>)}</tr>
            </thead>
            <tbody>
                {rows.map((row, i) => (
                    <tr key={i}>
                        {columns.map((name, at) => (
                            <td key={name}>
                                {(name === 'fields' ? row.slice(at) : [row[at]]).map((bytes, n) => (
                                    <Cell key={n} bytes={bytes} hex={hex && name !== 'place'} />
                                ))}
                            </td>
                        ))}
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

export function ValueView({ session, item }: { session: Session; item: Key }) {
    const [read, setRead] = useState(nothing);
    const [words, setWords] = useState('');
    const [hex, setHex] = useState<boolean>();
    const reader = readers[item.type];
    const more = (from: Read, current = () => true) => {
        reader.read(session, item.name, from.next ?? start).then(
            (part: Part) => current() && setRead({ ...part, rows: [...from.rows, ...part.rows] }),
            (failure: Error) => current() && setWords(failure.message),
        );
    };
    useEffect(() => {
        let current = true;
        setRead(nothing);
        setWords('');
        setHex(undefined);
        if (reader) more(nothing, () => current);
        return () => void (current = false);
    }, [item]);
    if (!reader) return <p class="notice">This page does not know the type {item.type}.</p>;
    const isString = item.type === 'string';
    const rows = isString ? [[joined(read.rows.flat())]] : read.rows;
    const text = !isString || asText(rows[0][0]) !== undefined;
    const asHex = hex ?? !text;
    return (
        <div>
            {words && <p class="error" role="alert">{words}</p>}
            <div class="row">
                <p class="quiet">
                    {whole(isString ? rows[0][0].length : rows.length)} of {whole(read.of)}{' '}
                    {isString ? 'bytes' : 'shown'}
                </p>
                <label class="switch">
                    <input type="checkbox" checked={asHex}
                        onChange={(event) => setHex(event.currentTarget.checked)} />
                    as hex
                </label>
            </div>
            <div class="wide value" tabIndex={0} role="region" aria-label="Value">
                {isString ? <Cell bytes={rows[0][0]} hex={asHex} />
                    : <Rows rows={rows} columns={reader.columns} hex={asHex} />}
            </div>
            {read.next !== undefined && read.rows.length > 0 && (
                <button onClick={() => more(read)}>Read more</button>
            )}
        </div>
    );
}
