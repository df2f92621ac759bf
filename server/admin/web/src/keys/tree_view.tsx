// The tree of keys: branches that open, and keys that can be looked at.
import { useState } from 'preact/hooks';
import { millis, size, whole } from '../words';
import type { Key } from './scan';
import type { Branch } from './tree';

const step = 200;

interface Choice {
    chosen?: string;
    choose: (key: Key) => void;
}

export const ttlWords = (ttl: number): string =>
    (ttl < 0 ? 'no expiry' : `expires in ${millis(ttl)}`);

export function KeyButton({ item, chosen, choose }: { item: Key } & Choice) {
    return (
        <button class="key" data-key={item.label} aria-pressed={chosen === item.id}
            onClick={() => choose(item)}>
            <span class="key-name">{item.label || '(empty name)'}</span>
            <span class="quiet">
                {item.type} · {item.encoding} · {size(item.bytes)}
                {item.ttl >= 0 && ` · ${ttlWords(item.ttl)}`}
            </span>
        </button>
    );
}

function Twig({ branch, ...choice }: { branch: Branch } & Choice) {
    const [open, setOpen] = useState(false);
    return (
        <li>
            <button class="fold" aria-expanded={open} data-branch={branch.path}
                onClick={() => setOpen(!open)}>
                {branch.label}:{' '}
                <span class="quiet">{whole(branch.count)}, {size(branch.bytes)}</span>
            </button>
            {open && <BranchView branch={branch} {...choice} />}
        </li>
    );
}

export function BranchView({ branch, ...choice }: { branch: Branch } & Choice) {
    const [limit, setLimit] = useState(step);
    const twigs = branch.branches.slice(0, limit);
    const keys = branch.keys.slice(0, Math.max(0, limit - twigs.length));
    const left = branch.branches.length + branch.keys.length - twigs.length - keys.length;
    return (
        <ul class="tree">
            {twigs.map((twig) => <Twig key={twig.path} branch={twig} {...choice} />)}
            {keys.map((item) => (
                <li key={item.id}><KeyButton item={item} {...choice} /></li>
            ))}
            {left > 0 && (
                <li>
                    <button onClick={() => setLimit(limit + 5 * step)}>
                        Show more ({whole(left)} left)
                    </button>
                </li>
            )}
        </ul>
    );
}
