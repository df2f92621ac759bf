// Draws the prompt, the line and its hint in a terminal, over as many rows as they take.
import type { Terminal } from '@xterm/xterm';
import type { LineEditor } from './line_editor';

const dim = (text: string): string => `\x1b[2m${text}\x1b[22m`;

export class Prompt {
    private row = 0;  // of the cursor, from the first row of the prompt

    constructor(private terminal: Terminal, private editor: LineEditor, public words = '> ') {}

    // `hint` is shown after the line as far as the row has room for it.
    draw(hint = ''): void {
        const { cols } = this.terminal;
        const { text, cursor } = this.editor;
        const length = this.words.length + text.length;
        const room = cols - (length % cols) - 2;
        const shownHint = hint && room > 0 ? ` ${hint}`.slice(0, room) : '';
        // A terminal stays at the end of a row that is full: only a line's end moves it on.
        const full = length % cols === 0 && length > 0 ? '\r\n' : '';
        const end = Math.floor(length / cols);
        const at = this.words.length + cursor;
        const row = Math.floor(at / cols);
        const up = (rows: number) => (rows > 0 ? `\x1b[${rows}A` : '');
        const right = at % cols ? `\x1b[${at % cols}C` : '';
        this.terminal.write(`${up(this.row)}\r\x1b[J${this.words}${text}${full}${dim(shownHint)}`
            + `${up(end - row)}\r${right}`);
        this.row = row;
    }

    // Takes the prompt away, for something to be written in its place.
    wipe(): void {
        this.terminal.write(`${this.row > 0 ? `\x1b[${this.row}A` : ''}\r\x1b[J`);
        this.row = 0;
    }

    // What was typed stays; the next line begins below it.
    leave(): void {
        this.editor.set(this.editor.text);
        this.draw();
        this.terminal.write('\r\n');
        this.row = 0;
    }

    forget(): void {
        this.row = 0;
    }
}
