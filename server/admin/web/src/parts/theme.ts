// The colours in force, for what is drawn without style sheets: charts and the terminal.
import { useEffect, useState } from 'preact/hooks';

const dark = matchMedia('(prefers-color-scheme: dark)');

// Changes when the theme does.
export function useTheme(): 'dark' | 'light' {
    const [isDark, setDark] = useState(dark.matches);
    useEffect(() => {
        const changed = () => setDark(dark.matches);
        dark.addEventListener('change', changed);
        return () => dark.removeEventListener('change', changed);
    }, []);
    return isDark ? 'dark' : 'light';
}

export const colour = (name: string): string =>
    getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
