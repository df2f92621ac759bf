// Keys as a tree by what stands between the colons of their names.
import type { Key } from './scan';

export interface Branch {
    path: string;  // with its last colon
    label: string;
    branches: Branch[];
    keys: Key[];
    count: number;
    bytes: number;
}

interface Growing extends Branch {
    below: Map<string, Growing>;
}

function sprout(path: string, label: string): Growing {
    return { path, label, branches: [], keys: [], count: 0, bytes: 0, below: new Map() };
}

function put(root: Growing, key: Key): void {
    let branch = root;
    const parts = key.label.split(':');
    for (let i = 0; ; ++i) {
        branch.count += 1;
        branch.bytes += key.bytes;
        if (i === parts.length - 1) break;
        const label = parts[i];
        let next = branch.below.get(label);
        if (!next) {
            next = sprout(`${branch.path}${label}:`, label);
            branch.below.set(label, next);
        }
        branch = next;
    }
    branch.keys.push(key);
}

function settle(branch: Growing): void {
    branch.branches = [...branch.below.values()].sort((a, b) => a.label.localeCompare(b.label));
    branch.keys.sort((a, b) => a.label.localeCompare(b.label));
    for (const below of branch.below.values()) settle(below);
}

export function treeOf(keys: Iterable<Key>): Branch {
    const root = sprout('', '');
    for (const key of keys) put(root, key);
    settle(root);
    return root;
}

export function biggest(keys: Iterable<Key>, most: number): Key[] {
    return [...keys].sort((a, b) => b.bytes - a.bytes).slice(0, most);
}
