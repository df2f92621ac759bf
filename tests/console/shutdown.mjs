// The shutdown theatre: with one client whose request is held back, and one that does not read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visit, violations } from './browser.mjs';
import { House, inline } from './house.mjs';
import { settled } from './settled.mjs';

async function crowd(house) {
    house.run('CONFIG', 'SET', 'shutdown-answer-timeout', '1', 'shutdown-timeout', '2');
    house.run('SETRANGE', 'big', String(4 * 1024 * 1024), 'x');
    const deaf = await house.connect();
    deaf.pause();
    deaf.write(inline('GET', 'big').repeat(8));
    house.run('CLIENT', 'PAUSE', '60000', 'WRITE');
    const held = await house.connect();
    held.write(inline('SET', 'late', 'x'));
    return [deaf, held];
}

// Keeps the phases that the page has shown.
const record = () => {
    window.phases = [];
    new MutationObserver(() => {
        const phase = document.querySelector('.acts .current')?.dataset.phase;
        if (phase && window.phases.at(-1) !== phase) window.phases.push(phase);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
};

export function tests(shared) {
    test('shutdown: asked for, seen phase by phase, and remembered', async () => {
        const house = await House.open(shared.server);
        const clients = await crowd(house);
        const visit = await Visit.begin(shared.browser, house);
        visit.expect(/ERR_CONNECTION_REFUSED|WebSocket connection|ERR_EMPTY|ERR_CONNECTION_RESET/);
        await visit.open('shutdown');
        await settled(visit, 'shutdown');
        await visit.page.evaluate(record);
        await visit.button('Shut the server down').click();
        assert.deepEqual(await violations(visit.page), []);
        await visit.button('Leave it running').click();
        assert.equal(house.run('PING'), 'PONG');
        await visit.button('Shut the server down').click();
        await visit.button('Shut it down').click();
        await visit.says('#shutdown-state', 'The server has ended.');
        await house.child.ended;
        const phases = await visit.page.evaluate(() => window.phases);
        assert.ok(phases.includes('not_reading'), String(phases));
        assert.ok(phases.includes('flushing'), String(phases));
        await visit.says('[data-phase=flushing] [data-part=state]', /^took \d/);
        await visit.says('.connection', 'not connected');
        assert.deepEqual(await violations(visit.page), []);
        for (const client of clients) client.destroy();
        await visit.end();
    });
}
