// The figures with their charts.
import { Chart, type Line } from '../parts/chart';
import { count, micros, percent, size } from '../words';
import { history, type Sample } from './history';

interface Curve {
    label: string;
    value: (sample: Sample) => number | undefined;
}

interface Figure {
    name: string;
    title: string;
    curves: Curve[];
    words: (value: number) => string;
    top?: number;
    binary?: boolean;
}

const perSecond = (value: number) => `${count(value)}/s`;
const bytesPerSecond = (value: number) => `${size(value)}/s`;

const figures: Figure[] = [
    {
        name: 'requests', title: 'Requests', words: perSecond,
        curves: [{ label: 'requests', value: (sample) => sample.requests }],
    },
    {
        name: 'cpu', title: 'CPU (100 % is a core)', words: percent,
        curves: [{ label: 'used', value: (sample) => sample.cpu }],
    },
    {
        name: 'memory', title: 'Memory', words: size, binary: true,
        curves: [
            { label: 'used', value: (sample) => sample.memory },
            { label: 'resident', value: (sample) => sample.resident },
        ],
    },
    {
        name: 'hits', title: 'Hit rate', words: percent, top: 100,
        curves: [{ label: 'found', value: (sample) => sample.hits }],
    },
    {
        name: 'clients', title: 'Clients', words: count,
        curves: [{ label: 'connected', value: (sample) => sample.clients }],
    },
    {
        name: 'latency', title: 'Time of a command', words: micros,
        curves: [
            { label: 'mean', value: (sample) => sample.mean },
            { label: 'p99', value: (sample) => sample.p99 },
        ],
    },
    {
        name: 'gone', title: 'Keys gone', words: perSecond,
        curves: [
            { label: 'evicted', value: (sample) => sample.evicted },
            { label: 'expired', value: (sample) => sample.expired },
        ],
    },
    {
        name: 'network', title: 'Network', words: bytesPerSecond, binary: true,
        curves: [
            { label: 'in', value: (sample) => sample.input },
            { label: 'out', value: (sample) => sample.output },
        ],
    },
];

const colours = ['line-1', 'line-2', 'line-3'] as const;

function label(figure: Figure, curve: Curve, last: Sample | undefined): string {
    const of = figure.name === 'latency' && curve.label === 'p99' && last?.busiest;
    return of ? `p99 of ${of.toUpperCase()}, since the start` : curve.label;
}

function Tile({ figure, samples }: { figure: Figure; samples: readonly Sample[] }) {
    const last = samples.at(-1);
    const lines: Line[] = figure.curves.map((curve, i) => ({
        label: curve.label,
        colour: colours[i],
        values: samples.map((sample) => curve.value(sample) ?? null),
    }));
    const now = figure.curves.map((curve) => {
        const value = last && curve.value(last);
        return value === undefined ? '–' : figure.words(value);
    });
    const said = figure.curves.map((curve, i) => `${curve.label} ${now[i]}`).join(', ');
    return (
        <section class="card figure" data-figure={figure.name}>
            <h2>{figure.title}</h2>
            <ul class="now">
                {figure.curves.map((curve, i) => (
                    <li key={curve.label}>
                        <span class={`mark ${colours[i]}`} aria-hidden="true" />
                        <strong data-curve={curve.label}>{now[i]}</strong>{' '}
                        <span class="quiet">{label(figure, curve, last)}</span>
                    </li>
                ))}
            </ul>
            <Chart label={`${figure.title}, the last ten minutes; now ${said}`}
                times={samples.map(({ at }) => at / 1000)} lines={lines}
                words={figure.words} top={figure.top} binary={figure.binary} />
        </section>
    );
}

export function Figures() {
    const samples = history();
    return (
        <div class="tiles">
            {figures.map((figure) => (
                <Tile key={figure.name} figure={figure} samples={samples} />
            ))}
        </div>
    );
}
