// Numbers as people read them.

const plain = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

export const whole = (value: number): string => plain.format(value);

export function count(value: number): string {
    if (value >= 1e9) return `${one.format(value / 1e9)} G`;
    if (value >= 1e6) return `${one.format(value / 1e6)} M`;
    if (value >= 1e4) return `${one.format(value / 1e3)} k`;
    return value < 10 && value % 1 ? one.format(value) : plain.format(value);
}

export function size(bytes: number): string {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
    let unit = 0;
    let value = bytes;
    for (; value >= 1024 && unit < units.length - 1; ++unit) value /= 1024;
    return `${one.format(value)} ${units[unit]}`;
}

export const percent = (share: number): string => `${one.format(share)} %`;

export function micros(us: number): string {
    if (us < 1000) return `${one.format(us)} µs`;
    return millis(us / 1000);
}

export function millis(ms: number): string {
    if (ms < 1000) return `${one.format(ms)} ms`;
    return seconds(ms / 1000);
}

export function seconds(s: number): string {
    if (s < 60) return `${one.format(s)} s`;
    if (s < 3600) return `${Math.floor(s / 60)} min ${Math.floor(s % 60)} s`;
    if (s < 86400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
    return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

export const several = (n: number, thing: string): string =>
    `${whole(n)} ${thing}${n === 1 ? '' : 's'}`;
