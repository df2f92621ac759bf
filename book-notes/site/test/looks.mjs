// How pages look: axe has no complaint in either scheme, a phone is wide enough, paper too.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visit, narrow, violations, wide } from './browser.mjs';

const typical = ['index.html', 'pipelining.html', 'source/server/net/farewell.cpp.html',
    'source/index.html', 'docs/architecture.html'];

// How much of a page lies outside of what can be seen or scrolled to within it.
const beyond = () => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
};

// Boxes of the text that would be cut on paper.
const cut = () => [...document.querySelectorAll('main, main *')]
    .filter((box) => !box.closest('svg') && getComputedStyle(box).overflowX !== 'visible')
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => box.outerHTML.slice(0, 120));

const shown = () => ['.bar', '#contents', '.steps', '.inside', '.copy', '.anchor', 'dialog']
    .filter((name) => [...document.querySelectorAll(name)].some((box) => box.offsetWidth > 0));

async function visiting(shared, options, visitor) {
    const visit = await Visit.begin(shared.browser, shared.served, options);
    await visitor(visit.page, (page) => visit.page.goto(`${shared.served.address}/${page}`));
    await visit.end();
}

export function tests(shared) {
    const { folder } = shared;

    for (const scheme of ['light', 'dark'])
        test(`axe finds nothing, ${scheme}`, () =>
            visiting(shared, { scheme, size: wide }, async (page, open) => {
                for (const name of typical) {
                    await open(name);
                    assert.deepEqual(await violations(page), [], name);
                }
            }));

    // Without scripts pages are there sooner, and laid out alike.
    test('as wide as a phone, and no wider', async () => {
        const context = await shared.browser.newContext({
            viewport: narrow, javaScriptEnabled: false,
        });
        const page = await context.newPage();
        const texts = folder.ofKind('landing', 'chapter', 'page', 'document', 'files', 'whole');
        // Beside notes and cards a source page is its path, and code that scrolls: some are enough.
        const sources = folder.ofKind('source');
        const annotated = sources.filter((name) =>
            /class="(note|card)"/.test(folder.pages.get(name)));
        const longest = [...sources].sort((a, b) => b.length - a.length).slice(0, 5);
        for (const name of [...texts, ...annotated, ...longest]) {
            await page.goto(`${shared.onDisk.address}/${name}`);
            assert.ok(await page.evaluate(beyond) <= 0, name);
        }
        await context.close();
    });

    test('axe finds nothing on a phone', () =>
        visiting(shared, { size: narrow }, async (page, open) => {
            await open('pipelining.html');
            assert.deepEqual(await violations(page), []);
        }));

    test('on paper there is no navigation, and nothing is cut', () =>
        visiting(shared, { size: { width: 567, height: 850 } }, async (page, open) => {
            await page.emulateMedia({ media: 'print' });
            for (const name of ['whole.html', ...typical]) {
                await open(name);
                assert.deepEqual(await page.evaluate(shown), [], name);
                assert.deepEqual(await page.evaluate(cut), [], name);
                assert.ok(await page.evaluate(beyond) <= 0, name);
            }
        }));
}
