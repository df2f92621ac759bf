// A line chart of the last ten minutes, by uPlot.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { colour, useTheme } from './theme';

export interface Line {
    label: string;
    colour: 'line-1' | 'line-2' | 'line-3';
    values: (number | null)[];
}

interface Props {
    // What is said of it to who does not see it.
    label: string;
    times: number[];  // seconds
    lines: Line[];
    words: (value: number) => string;
    top?: number;  // the scale's end, if it has one
    binary?: boolean;  // counted in KiB and MiB, not in thousands
}

const shownSeconds = 600;
const doubled = Array.from({ length: 50 }, (_, i) => 2 ** i);
const height = 140;

function lastMinutes(_: uPlot, __: number, last: number): [number, number] {
    const end = last || Date.now() / 1000;
    return [end - shownSeconds, end];
}

function options(props: Props, width: number): uPlot.Options {
    const text = colour('quiet');
    const grid = { stroke: colour('grid'), width: 1 };
    const axis = { stroke: text, grid, ticks: { show: false } };
    const words = (_: uPlot, splits: number[]) => splits.map(props.words);
    const incrs = props.binary ? { incrs: doubled } : {};
    const top = props.top;
    return {
        width,
        height,
        padding: [8, 12, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: {
            x: { time: true, range: lastMinutes },
            y: { range: (_, __, most) => [0, top ?? Math.max(most * 1.1, 1)] },
        },
        axes: [
            { ...axis, values: '{HH}:{mm}', space: 70, size: 28 },
            { ...axis, ...incrs, values: words, size: 78, space: 26 },
        ],
        series: [
            {},
            ...props.lines.map((line) => ({
                label: line.label,
                stroke: colour(line.colour),
                width: 1.75,
                points: { show: false },
            })),
        ],
    };
}

const data = ({ times, lines }: Props): uPlot.AlignedData =>
    [times, ...lines.map(({ values }) => values)] as uPlot.AlignedData;

export function Chart(props: Props) {
    const place = useRef<HTMLDivElement>(null);
    const plot = useRef<uPlot | undefined>(undefined);
    const theme = useTheme();
    useEffect(() => {
        const element = place.current!;
        const drawn = new uPlot(options(props, element.clientWidth), data(props), element);
        plot.current = drawn;
        const resized = new ResizeObserver(() => {
            drawn.setSize({ width: element.clientWidth, height });
        });
        resized.observe(element);
        return () => {
            resized.disconnect();
            drawn.destroy();
        };
    }, [theme]);
    useEffect(() => plot.current?.setData(data(props)));
    return <div class="chart" ref={place} role="img" aria-label={props.label} />;
}
