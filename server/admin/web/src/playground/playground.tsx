// Playground: a terminal, the bytes it sends and receives, and a second session that listens.
import { useEffect, useRef, useState } from 'preact/hooks';
import { colour, useTheme } from '../parts/theme';
import { ByteLog, withBytes, type Entry } from './byte_log';
import { loadCommands, type Command } from './help';
import { ListenerPane } from './listener_pane';
import { RedisTerminal } from './terminal';

const terminalTheme = () => ({
    background: colour('field'), foreground: colour('text'), cursor: colour('accent'),
    selectionBackground: colour('selection'),
});

// The terminal of this view, once it is there.
function useTerminal(typing: (command: Command | undefined) => void) {
    const place = useRef<HTMLDivElement>(null);
    const terminal = useRef<RedisTerminal | undefined>(undefined);
    const [log, setLog] = useState<Entry[]>([]);
    const theme = useTheme();
    useEffect(() => {
        const opened = new RedisTerminal(place.current!, terminalTheme(), {
            bytes: (direction, bytes) => setLog((before) => withBytes(before, direction, bytes)),
            typing,
        });
        terminal.current = opened;
        loadCommands().then((commands) => (opened.known = commands), () => undefined);
        const resized = new ResizeObserver(() => opened.resize());
        resized.observe(place.current!);
        return () => {
            resized.disconnect();
            opened.dispose();
        };
    }, []);
    useEffect(() => {
        if (terminal.current) terminal.current.theme = terminalTheme();
    }, [theme]);
    return { place, log, clear: () => setLog([]) };
}

function Help({ command }: { command: Command | undefined }) {
    return (
        <div id="help" role="status">
            {command ? (
                <>
                    <p><code>{[command.name, ...command.parts].join(' ')}</code></p>
                    <p>{command.summary} <span class="quiet">{command.more}</span></p>
                </>
            ) : (
                <p class="quiet">
                    Tab completes a command. On an empty line Tab leaves the terminal, Shift+Tab
                    always does. Up and Down recall lines, Ctrl+L clears.
                </p>
            )}
        </div>
    );
}

export function Playground() {
    const [command, setCommand] = useState<Command>();
    const { place, log, clear } = useTerminal(setCommand);
    return (
        <>
            <h1>Playground</h1>
            <div class="sides even">
                <section class="card" aria-labelledby="terminal">
                    <h2 id="terminal">Terminal</h2>
                    <div class="screen" ref={place} />
                    <Help command={command} />
                </section>
                <section class="card">
                    <div class="row spread">
                        <h2 id="bytes">Bytes, newest first</h2>
                        <button onClick={clear}>Clear</button>
                    </div>
                    <ByteLog log={log} />
                </section>
            </div>
            <ListenerPane />
        </>
    );
}
