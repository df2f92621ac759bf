// The search, as a reader uses it: by keyboard, in a page that was opened from a folder.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visit } from './browser.mjs';

// What the dialog shows for each query.
const ask = (queries) => queries.map((query) => {
    const input = document.querySelector('dialog input');
    input.value = query;
    input.dispatchEvent(new Event('input'));
    return [...document.querySelectorAll('#hits a')].map((link) => link.getAttribute('href'));
});

async function searching(shared, visitor) {
    const visit = await Visit.begin(shared.browser, shared.onDisk, {});
    const { page } = visit;
    await page.goto(`${shared.onDisk.address}/source/index.html`);
    await page.keyboard.press('/');
    await page.waitForFunction(() => window.bookIndex);
    await visitor(page);
    await visit.end();
}

export function tests(shared) {
    const plain = (title) => title.replace(/[`*]/g, '');

    test('each heading of each chapter is found', () => searching(shared, async (page) => {
        const chapters = shared.folder.chapters();
        const sections = chapters.flatMap(({ slug, title, sections: own }) => own.map((one) => ({
            href: `../${slug}.html#${one.ref.split('/')[1]}`,
            title: plain(one.title), query: plain(`${one.title} ${title}`),
        })));
        // Where many chapters have a heading, the chapter has to be said as well.
        const count = (title) => sections.filter((section) => section.title === title).length;
        for (const section of sections)
            if (count(section.title) === 1) section.query = section.title;
        const found = await page.evaluate(ask, sections.map(({ query }) => query));
        const missing = sections.filter(({ href }, i) => !found[i].includes(href));
        assert.deepEqual(missing.map(({ query }) => query), []);
        assert.ok(sections.length > 200, `${sections.length} headings`);
    }));

    test('names of the source and words of the prose are found', () =>
        searching(shared, async (page) => {
            const [names, words] = await page.evaluate(ask, ['write_outbox', 'Nagle algorithm']);
            assert.match(names[0], /^\.\.\/source\/server\/net\/\w+\.[ch]pp\.html#L\d+$/);
            assert.ok(words.some((href) => href.startsWith('../pipelining.html')), words.join());
        }));

    test('a snippet is whole words around what was found, marked', () =>
        searching(shared, async (page) => {
            await page.keyboard.type('acknowledgement');
            const first = page.locator('#hits li').first();
            assert.match(await first.locator('mark').first().innerText(), /acknowledgement/i);
            const snippet = await first.locator('span').innerText();
            assert.match(snippet, /^… \S/);
            assert.ok(snippet.length < 220, snippet);
        }));

    test('Enter goes where the arrow is', () => searching(shared, async (page) => {
        await page.keyboard.type('pipelining batch');
        await page.locator('#hits li.chosen').waitFor();
        await page.keyboard.press('ArrowDown');
        const href = await page.locator('#hits li.chosen a').getAttribute('href');
        await page.keyboard.press('Enter');
        await page.waitForURL((url) => url.href.endsWith(href.replace('../', '')));
    }));

    test('what is nowhere is said to be nowhere', () => searching(shared, async (page) => {
        await page.keyboard.type('zzyzx');
        await page.getByText('Nothing is found.').waitFor();
    }));
}
