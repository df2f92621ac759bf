// A line that is typed: its text, where the cursor is, and the lines before it.
//
// It knows nothing of terminals: keys come as what a terminal sends for them.

export interface Answers {
    entered: (line: string) => void;
    cleared: () => void;  // Ctrl-L
    abandoned: (line: string) => void;  // Ctrl-C
    completions: (line: string) => string[];
}

const keptLines = 500;
// Not kept: a password is in it.
const secret = /^\s*(auth|hello\s.*\bauth)\b/i;

// Outlives the view.
const history: string[] = [];

export class LineEditor {
    text = '';
    cursor = 0;
    private past = history.length;  // which line of the history is shown
    private draft = '';  // what was typed before it was looked at
    private cycle: { lines: string[]; at: number } | undefined;

    constructor(private answers: Answers) {}

    // What a terminal sends: a key, or many characters if something was pasted.
    input(data: string): void {
        if (data === '\t') return this.complete();
        this.cycle = undefined;
        const act = this.keys[data];
        if (act) return act();
        if (data.startsWith('\x1b')) return;
        for (const sign of data.replaceAll('\r\n', '\r')) {
            if (sign === '\r' || sign === '\n') this.enter();
            else if (sign >= ' ' && sign !== '\x7f') this.insert(sign);
        }
    }

    set(text: string): void {
        this.text = text;
        this.cursor = text.length;
    }

    private readonly keys: Record<string, () => void> = {
        '\r': () => this.enter(),
        '\x7f': () => this.remove(this.cursor - 1, this.cursor),
        '\b': () => this.remove(this.cursor - 1, this.cursor),
        '\x1b[3~': () => this.remove(this.cursor, this.cursor + 1),
        '\x04': () => this.remove(this.cursor, this.cursor + 1),
        '\x1b[D': () => this.move(this.cursor - 1),
        '\x02': () => this.move(this.cursor - 1),
        '\x1b[C': () => this.move(this.cursor + 1),
        '\x06': () => this.move(this.cursor + 1),
        '\x1b[1;5D': () => this.move(this.wordStart()),
        '\x1b[1;5C': () => this.move(this.wordEnd()),
        '\x1b[H': () => this.move(0),
        '\x01': () => this.move(0),
        '\x1b[F': () => this.move(this.text.length),
        '\x05': () => this.move(this.text.length),
        '\x15': () => this.remove(0, this.cursor),
        '\x0b': () => this.remove(this.cursor, this.text.length),
        '\x17': () => this.remove(this.wordStart(), this.cursor),
        '\x0c': () => this.answers.cleared(),
        '\x03': () => this.abandon(),
        '\x1b[A': () => this.recall(this.past - 1),
        '\x10': () => this.recall(this.past - 1),
        '\x1b[B': () => this.recall(this.past + 1),
        '\x0e': () => this.recall(this.past + 1),
    };

    private insert(sign: string): void {
        this.text = this.text.slice(0, this.cursor) + sign + this.text.slice(this.cursor);
        this.cursor += sign.length;
    }

    private remove(from: number, to: number): void {
        const start = Math.max(0, from);
        this.text = this.text.slice(0, start) + this.text.slice(to);
        this.cursor = start;
    }

    private move(to: number): void {
        this.cursor = Math.min(Math.max(0, to), this.text.length);
    }

    private wordStart(): number {
        return this.text.slice(0, this.cursor).trimEnd().lastIndexOf(' ') + 1;
    }

    private wordEnd(): number {
        const end = /^\s*\S*/.exec(this.text.slice(this.cursor))!;
        return this.cursor + end[0].length;
    }

    private recall(to: number): void {
        if (to < 0 || to > history.length) return;
        if (this.past === history.length) this.draft = this.text;
        this.past = to;
        this.set(history[to] ?? this.draft);
    }

    // Each Tab offers the next one, and at last what was typed.
    private complete(): void {
        if (!this.cycle) {
            const lines = this.answers.completions(this.text);
            if (lines.length === 0) return;
            this.cycle = { lines: lines.length === 1 ? lines : [...lines, this.text], at: -1 };
        }
        const { lines } = this.cycle;
        this.cycle.at = (this.cycle.at + 1) % lines.length;
        this.set(lines[this.cycle.at]);
    }

    private begin(): string {
        const line = this.text;
        this.set('');
        this.draft = '';
        this.past = history.length;
        return line;
    }

    private enter(): void {
        const line = this.text;
        if (line.trim() && line !== history.at(-1) && !secret.test(line)) {
            history.push(line);
            if (history.length > keptLines) history.shift();
        }
        this.answers.entered(this.begin());
    }

    private abandon(): void {
        this.answers.abandoned(this.begin());
    }
}
