// The commands that were called: how often, how long, and how long the slow ones took.
import { useState } from 'preact/hooks';
import type { Info } from '../wire/messages';
import { micros, percent, whole } from '../words';
import { commandsOf, type CommandFigures } from './numbers';

type Order = 'calls' | 'usec';

const orders: { order: Order; title: string }[] = [
    { order: 'calls', title: 'calls' },
    { order: 'usec', title: 'time' },
];

const time = (us: number | undefined): string => (us === undefined ? '–' : micros(us));

function Row({ command, all }: { command: CommandFigures; all: number }) {
    return (
        <tr data-command={command.name}>
            <th scope="row">{command.name.replace('|', ' ').toUpperCase()}</th>
            <td>{whole(command.calls)}</td>
            <td>{micros(command.usec)}</td>
            <td>{percent(all ? (100 * command.usec) / all : 0)}</td>
            <td>{micros(command.perCall)}</td>
            <td>{time(command.p50)}</td>
            <td>{time(command.p99)}</td>
            <td>{time(command.p999)}</td>
            <td>{whole(command.failed)}</td>
        </tr>
    );
}

export function CommandTable({ info }: { info: Info }) {
    const [order, setOrder] = useState<Order>('calls');
    const commands = commandsOf(info).sort((a, b) => b[order] - a[order]);
    const all = commands.reduce((sum, { usec }) => sum + usec, 0);
    return (
        <section class="card">
            <h2 id="commands">Commands</h2>
            <fieldset class="choice">
                <legend>Sorted by</legend>
                {orders.map((one) => (
                    <label key={one.order}>
                        <input type="radio" name="order" checked={order === one.order}
                            onChange={() => setOrder(one.order)} />
                        {one.title}
                    </label>
                ))}
            </fieldset>
            <div class="wide" tabIndex={0} role="region" aria-labelledby="commands">
                <table class="numbers">
                    <thead>
                        <tr>
                            <th scope="col">command</th>
                            <th scope="col">calls</th>
                            <th scope="col">time</th>
                            <th scope="col">share</th>
                            <th scope="col">mean</th>
                            <th scope="col">p50</th>
                            <th scope="col">p99</th>
                            <th scope="col">p99.9</th>
                            <th scope="col">failed</th>
                        </tr>
                    </thead>
                    <tbody>
                        {commands.map((command) => (
                            <Row key={command.name} command={command} all={all} />
                        ))}
                    </tbody>
                </table>
            </div>
        </section>
    );
}
