// Every link leads somewhere, and nothing is fetched from elsewhere.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const attribute = /<(\w+)\b[^>]*?\s(href|src)="([^"]*)"/g;
const elsewhere = /^(https?:)?\/\//;

export function tests({ folder }) {
    const idsOf = new Map();
    const ids = (page) => {
        if (!idsOf.has(page)) {
            const found = [...folder.pages.get(page).matchAll(/\sid="([^"]+)"/g)];
            idsOf.set(page, new Set(found.map(([, id]) => id)));
        }
        return idsOf.get(page);
    };

    test('every link leads to a file of the site, and to a place in it', () => {
        const dead = [];
        let count = 0;
        for (const [page, html] of folder.pages) {
            for (const [, , , target] of html.matchAll(attribute)) {
                if (/^[a-z]+:/.test(target)) continue;
                const [file, anchor] = target.split('#');
                const there = file ? path.join(path.dirname(page), file) : page;
                count += 1;
                if (!folder.files.has(there)) dead.push(`${page}: ${target}`);
                else if (anchor && !ids(there).has(anchor)) dead.push(`${page}: ${target}`);
            }
        }
        assert.deepEqual(dead, []);
        assert.ok(count > 10_000, `${count} links`);
    });

    test('an id is given once a page', () => {
        for (const [page, html] of folder.pages) {
            const found = html.match(/\sid="[^"]+"/g) ?? [];
            assert.equal(new Set(found).size, found.length, page);
        }
    });

    test('only links that a reader may follow lead elsewhere', () => {
        for (const [page, html] of folder.pages) {
            const fetched = [...html.matchAll(attribute)]
                .filter(([, tag, , target]) => tag !== 'a' && elsewhere.test(target));
            assert.deepEqual(fetched, [], page);
        }
        for (const file of folder.files)
            if (/\.(css|js)$/.test(file))
                assert.doesNotMatch(readFileSync(path.join(folder.site, file), 'utf8'),
                    /(url\(|import\s*\(?|fetch\()\s*["']?https?:/, file);
    });

    test('no page has a style or a script in itself', () => {
        for (const [page, html] of folder.pages)
            assert.doesNotMatch(html, /<style|<[^>]+\s(style|on\w+)="|<script(?![^>]* src=)/, page);
    });
}
