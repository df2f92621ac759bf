// Pictures of each view, light and dark, on a desk and in a hand: FOLDER/VIEW-SCHEME-SIZE.png
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Visit, narrow, views, wide } from './browser.mjs';
import { inline } from './house.mjs';
import { recording } from './recording.mjs';
import { settled } from './settled.mjs';

const sizes = { desktop: wide, phone: narrow };
const samples = 8;

// Keys of several types, and clients in several states.
async function fill(house) {
    for (const request of [inline('BLPOP', 'jobs', '0'), inline('SUBSCRIBE', 'news'),
        inline('SETRANGE', 'large', '16000000', 'x') + inline('GET', 'large')]) {
        const client = await house.connect();
        client.pause();
        client.write(request);
    }
    const users = [...Array(40).keys()].flatMap((n) => [`user:${n}:name`, `name ${n}`]);
    house.run('MSET', ...users);
    house.run('HSET', 'user:1:visits', 'monday', '3', 'tuesday', '5');
    house.run('ZADD', 'scores', '12', 'ann', '9.5', 'bob');
}

// Brings a view to where it has something to show.
async function pose(visit, view) {
    const { page } = visit;
    if (view === 'overview') {
        const opened = page.waitForEvent('websocket', (socket) => socket.url().endsWith('feed'));
        await page.reload();
        const feed = await opened;
        for (let i = 0; i < samples; ++i) await feed.waitForEvent('framereceived');
    }
    if (view === 'keys') await page.locator('[data-key="scores"]').click();
    if (view === 'playground') {
        await page.locator('.xterm-helper-textarea').focus();
        await page.keyboard.type('zrange scores 0 -1 withscores\r');
        await visit.says('.xterm-accessibility', '9.5');
        await page.keyboard.type('set ');
        await visit.says('#help', 'SET key value');
    }
}

export function tests(shared) {
    test('screenshots', async () => {
        const { browser, folder, house } = shared;
        await fill(house);
        await mkdir(folder, { recursive: true });
        for (const view of views)
            for (const scheme of ['light', 'dark'])
                for (const [name, size] of Object.entries(sizes)) {
                    const visit = await Visit.begin(browser, house, { scheme, size });
                    await visit.page.route('**/steps.json', (r) => r.fulfill({ json: recording }));
                    await visit.open(view);
                    await settled(visit, view);
                    await pose(visit, view);
                    const path = join(folder, `${view}-${scheme}-${name}.png`);
                    await visit.page.screenshot({ path });
                    await visit.context.close();
                }
    });
}
