// A value that views look at, and are drawn anew when it changes.
import { useEffect, useState } from 'preact/hooks';

export class Store<T> {
    private listeners = new Set<(value: T) => void>();

    constructor(public value: T) {}

    set(value: T): void {
        this.value = value;
        for (const listener of [...this.listeners]) listener(value);
    }

    change(part: Partial<T>): void {
        this.set({ ...this.value, ...part });
    }

    listen(listener: (value: T) => void): () => void {
        this.listeners.add(listener);
        return () => void this.listeners.delete(listener);
    }
}

export function useStore<T>(store: Store<T>): T {
    const [, redraw] = useState({});
    const { value } = store;
    useEffect(() => {
        // It may have changed since it was drawn, when nobody listened yet.
        if (store.value !== value) redraw({});
        return store.listen(() => redraw({}));
    }, [store]);
    return value;
}
