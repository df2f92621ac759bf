// A terminal that talks to the server as redis-cli does.
import { FitAddon } from '@xterm/addon-fit';
import { Terminal, type ITheme } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { toText } from '../wire/bytes';
import type { Reply } from '../wire/resp';
import { Session, type Listener } from '../wire/session';
import { commandIn, completions, hintFor, type Command, type Commands } from './help';
import { LineEditor } from './line_editor';
import { Prompt } from './prompt';
import { split } from './quoting';
import { replyWords } from './reply_words';

export interface Outside {
    bytes: Listener['bytes'];
    // Which command is being typed.
    typing: (command: Command | undefined) => void;
}

export class RedisTerminal {
    private terminal: Terminal;
    private fit = new FitAddon();
    private editor: LineEditor;
    private prompt: Prompt;
    private commands: Commands = new Map();
    private session: Session;

    constructor(place: HTMLElement, theme: ITheme, private outside: Outside) {
        this.terminal = new Terminal({
            theme, screenReaderMode: true, fontSize: 14, cursorBlink: false, scrollback: 5000,
            fontFamily: 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace',
            minimumContrastRatio: 4.5,
        });
        this.editor = new LineEditor({
            entered: (line) => this.enter(line),
            cleared: () => this.clear(),
            abandoned: () => this.terminal.write('\r\n'),
            completions: (line) => completions(line, this.commands),
        });
        this.prompt = new Prompt(this.terminal, this.editor);
        this.terminal.loadAddon(this.fit);
        this.terminal.open(place);
        this.terminal.attachCustomKeyEventHandler((event) => this.ours(event));
        this.terminal.onData((data) => this.type(data));
        this.resize();
        this.session = this.begin();
    }

    set known(commands: Commands) {
        this.commands = commands;
    }

    set theme(theme: ITheme) {
        this.terminal.options.theme = theme;
    }

    resize(): void {
        this.fit.fit();
    }

    focus(): void {
        this.terminal.focus();
    }

    dispose(): void {
        this.session.close();
        this.terminal.dispose();
    }

    // Tab completes what is typed, and leaves the terminal where nothing is; Shift+Tab always does.
    private ours(event: KeyboardEvent): boolean {
        return event.key !== 'Tab' || (!event.shiftKey && this.editor.text !== '');
    }

    private begin(): Session {
        const session = new Session({
            bytes: this.outside.bytes,
            pushed: (reply) => this.say(reply),
            closed: () => this.note('The session is closed. Enter opens another.'),
        });
        session.greeting.then(
            (reply) => {
                if (reply.kind === 'error') this.say(reply);
                else this.redraw();
            },
            () => undefined,
        );
        return session;
    }

    private type(data: string): void {
        this.editor.input(data);
        this.redraw();
    }

    private redraw(): void {
        const { text, cursor } = this.editor;
        const hint = cursor === text.length ? hintFor(text, this.commands) : '';
        this.prompt.draw(hint);
        this.outside.typing(commandIn(text, this.commands));
    }

    private clear(): void {
        this.terminal.clear();
        this.prompt.forget();
    }

    private enter(line: string): void {
        this.settle(line);
        if (!this.session.open) {
            this.session = this.begin();
            return;
        }
        const args = split(line);
        if (!args) return this.print('Invalid argument(s)');
        if (args.length === 0) return;
        if (toText(args[0]).toLowerCase() === 'clear') return this.clear();
        this.session.ask(...args).then(
            (reply) => reply.kind !== 'push' && this.say(reply),
            () => undefined,
        );
    }

    // The line as it was entered, without the hint.
    private settle(line: string): void {
        this.editor.set(line);
        this.prompt.leave();
        this.editor.set('');
    }

    private say(reply: Reply): void {
        this.note(replyWords(reply));
    }

    // Writes above the line that is being typed.
    private note(words: string): void {
        this.prompt.wipe();
        this.print(words);
        this.redraw();
    }

    // What a reply says must not steer the terminal.
    private print(words: string): void {
        const harmless = words.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, (sign) =>
            (sign === '\r' ? '' : sign === '\t' ? '    ' : '�'));
        this.terminal.write(`${harmless.replaceAll('\n', '\r\n')}\r\n`);
    }
}
