// What a reader does with a page, opened from a folder by a double click and from a server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visit, narrow, wide } from './browser.mjs';

const chapter = 'deep-dive.html';

// Where the notes of each figure and their lines are.
const notes = () => [...document.querySelectorAll('.with-notes')].map((figure) => {
    const lines = figure.querySelectorAll('.line');
    const code = figure.querySelector('.code').getBoundingClientRect();
    return [...figure.querySelectorAll('.note')].map((note) => {
        const at = note.getBoundingClientRect();
        const line = lines[note.dataset.line].getBoundingClientRect();
        return { top: at.top, bottom: at.bottom, line: line.top, beside: at.left >= code.right,
            below: at.top >= code.bottom };
    });
});

const background = () => getComputedStyle(document.body).backgroundColor;

export function tests(shared) {
    for (const where of ['onDisk', 'served']) {
        const visiting = async (options, visitor) => {
            const visit = await Visit.begin(shared.browser, shared[where], options);
            await visit.page.goto(`${shared[where].address}/${chapter}`);
            await visit.page.evaluate(() => document.fonts.ready);
            await visitor(visit.page, visit);
            await visit.end();
        };

        test(`${where}: every resource is there`, () => visiting({}, async (page) => {
            const fonts = await page.evaluate(() => [...document.fonts]
                .filter(({ status }) => status === 'loaded').map(({ family }) => family));
            for (const family of ['Book Serif', 'Book Sans', 'Book Mono'])
                assert.ok(fonts.some((name) => name.includes(family)), family);
        }));

        test(`${where}: notes stand level with their lines`, () =>
            visiting({ size: { width: 1440, height: 900 } }, async (page) => {
                for (const figure of await page.evaluate(notes)) {
                    assert.ok(Math.abs(figure[0].top - figure[0].line) < 2);
                    figure.forEach(({ beside, top, line }, i) => {
                        assert.ok(beside && top >= line - 2);
                        if (i > 0) assert.ok(top >= figure[i - 1].bottom, 'none covers another');
                    });
                }
            }));

        test(`${where}: notes stand below the code on a phone`, () =>
            visiting({ size: narrow }, async (page) => {
                for (const figure of await page.evaluate(notes))
                    assert.ok(figure.every(({ below }) => below));
            }));

        test(`${where}: the scheme is the system's, or the one that was chosen`, () =>
            visiting({ scheme: 'dark', size: wide }, async (page) => {
                const dark = await page.evaluate(background);
                await page.click('.scheme');
                const light = await page.evaluate(background);
                assert.notEqual(light, dark);
                await page.reload();
                assert.equal(await page.evaluate(background), light);
                await page.click('.scheme');
                assert.equal(await page.evaluate(background), dark);
            }));

        test(`${where}: code is copied`, () => visiting({}, async (page, { context }) => {
            if (where === 'served') await context.grantPermissions(['clipboard-write']);
            await page.hover('.code');
            await page.click('.code .copy');
            await page.getByText('Copied', { exact: true }).first().waitFor();
        }));

        test(`${where}: the contents open on a phone, and close`, () =>
            visiting({ size: narrow }, async (page) => {
                await page.click('.menu');
                await page.locator('#contents').getByText('Pipelining').waitFor();
                await page.keyboard.press('Escape');
                assert.ok(await page.locator('#contents').isHidden());
            }));
    }

    const steps = 'steps/steps.html';
    const skip = !shared.folder.files.has(steps) && 'made without the packages of the console';
    test('the recording of one request is played', { skip }, async () => {
        for (const size of [wide, narrow]) {
            const visit = await Visit.begin(shared.browser, shared.served, { size });
            await visit.page.goto(`${shared.served.address}/${steps}`);
            await visit.says('main', /parked at|recorded/);
            const width = await visit.page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(width <= size.width, `${width} px`);
            await visit.end();
        }
    });

    test('a page of the sources opens at a line', async () => {
        const visit = await Visit.begin(shared.browser, shared.served, {});
        const page = 'source/server/net/connection.cpp.html#L123';
        await visit.page.goto(`${shared.served.address}/${page}`);
        const top = await visit.page.evaluate(() =>
            document.querySelector('#L123').getBoundingClientRect().top);
        assert.ok(top > 0 && top < wide.height, `${top}`);
        await visit.end();
    });
}
