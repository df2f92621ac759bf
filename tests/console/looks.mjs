// What holds for every view: no complaint, nothing that axe finds, no need of a mouse, no width
// beyond a phone's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visit, narrow, views, violations, wide } from './browser.mjs';
import { settled } from './settled.mjs';

async function seen(shared, view, scheme, size, check) {
    const visit = await Visit.begin(shared.browser, shared.house, { scheme, size });
    visit.expect(/404.*steps\.json/);
    await visit.open(view);
    await settled(visit, view);
    await check(visit);
    await visit.end();
}

// The place of the focus, and whether it can be seen.
const focus = () => {
    const at = document.activeElement;
    if (!at || at === document.body) return undefined;
    const framed = at.closest('.screen') ?? at;
    const seenBy = getComputedStyle(framed).outlineStyle !== 'none' || at.tagName === 'MAIN';
    const label = at.getAttribute('aria-label') ?? at.textContent;
    return { label: label.trim().slice(0, 40), tag: at.tagName, href: at.hash, seen: seenBy };
};

// Goes through the whole page by Tab, until the focus leaves it.
async function walk(page) {
    const places = [];
    for (let i = 0; i < 300; ++i) {
        await page.keyboard.press('Tab');
        const place = await page.evaluate(focus);
        if (!place) return places;
        places.push(place);
        if (i > 0 && place.href === '#overview') return places;
    }
    throw new Error(`Tab does not get out: ${JSON.stringify(places.slice(-5))}`);
}

export function tests(shared) {
    for (const view of views) {
        for (const scheme of ['light', 'dark']) {
            test(`${view}, ${scheme}: axe finds nothing`, () =>
                seen(shared, view, scheme, wide, async ({ page }) => {
                    assert.deepEqual(await violations(page), []);
                }));
        }
        test(`${view}: as wide as a phone, and no wider`, () =>
            seen(shared, view, 'light', narrow, async ({ page }) => {
                const width = await page.evaluate(() => document.documentElement.scrollWidth);
                assert.ok(width <= narrow.width, `${width} px`);
                assert.deepEqual(await violations(page), []);
            }));
        test(`${view}: by keyboard`, () =>
            seen(shared, view, 'light', wide, async ({ page }) => {
                const places = await walk(page);
                const links = places.map(({ href }) => href).filter(Boolean);
                for (const other of views) assert.ok(links.includes(`#${other}`), other);
                assert.deepEqual(places.filter((place) => !place.seen), []);
            }));
    }

    test('another view is chosen by keyboard', async () => {
        const visit = await Visit.begin(shared.browser, shared.house);
        await visit.open('overview');
        await visit.page.getByRole('link', { name: 'Keys' }).focus();
        await visit.page.keyboard.press('Enter');
        await visit.says('h1', 'Keys');
        assert.equal(await visit.page.title(), 'Keys – mini-redis');
        assert.equal(await visit.page.evaluate(() => document.activeElement.tagName), 'MAIN');
        await visit.end();
    });
}
