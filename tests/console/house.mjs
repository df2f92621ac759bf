// The house: a server under test, other people who load it, and clients that behave badly.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { createInterface } from 'node:readline';

// Whoever is still running when the test ends.
const running = new Set();

export function has(program) {
    try {
        execFileSync('which', [program], { stdio: 'ignore' });
        return true;
    } catch {
        return false;
    }
}

async function freePort() {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address();
    listener.close();
    await once(listener, 'close');
    return port;
}

function start(program, args) {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    running.add(child);
    child.ended = once(child, 'exit').finally(() => running.delete(child));
    return child;
}

// The log goes to the standard error stream.
async function line(child, wanted) {
    const seen = [];
    for await (const text of createInterface({ input: child.stderr })) {
        seen.push(text);
        if (text.includes(wanted)) break;
    }
    child.stderr.resume();  // the loop has paused it
    if (seen.at(-1)?.includes(wanted)) return;
    throw new Error(`the server has ended before it said '${wanted}':\n${seen.join('\n')}`);
}

export class House {
    // The server at `program`, once it is ready; `more` are options of its own.
    static async open(program, ...more) {
        const house = new House();
        house.port = await freePort();
        house.admin = await freePort();
        house.address = `http://127.0.0.1:${house.admin}`;
        house.child = start(program, [
            '--port', String(house.port), '--admin-port', String(house.admin),
            '--admin-bind', '127.0.0.1', '--io-threads', '2', ...more,
        ]);
        await line(house.child, 'ready;');
        return house;
    }

    // A command, as redis-cli answers it where nobody looks.
    run(...args) {
        const words = ['-p', String(this.port), ...args];
        return execFileSync('redis-cli', words, { encoding: 'utf8' }).trimEnd();
    }

    // The numbers of INFO by their names.
    info() {
        const lines = this.run('INFO', 'everything').split(/\r?\n/);
        return new Map(lines.filter((text) => text.includes(':')).map((text) => {
            const at = text.indexOf(':');
            return [text.slice(0, at), text.slice(at + 1)];
        }));
    }

    // Load, until it is stopped.
    load() {
        const child = start('redis-benchmark', [
            '-p', String(this.port), '-c', '4', '-r', '1000', '-l', '-q', '-t', 'set,get',
        ]);
        child.stderr.resume();
        return async () => {
            child.kill();
            await child.ended;
        };
    }

    async connect() {
        const socket = createConnection(this.port, '127.0.0.1');
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        return socket;
    }

    async close() {
        this.child.kill();
        await this.child.ended;
    }
}

// A request of arguments without blanks or quotes.
export const inline = (...args) => `${args.join(' ')}\r\n`;

export function closeAll() {
    for (const child of running) {
        child.kill('SIGKILL');
        child.stderr.destroy();
    }
}
