// Steps: a recording is played; without one the view says so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visit, violations } from './browser.mjs';
import { recording } from './recording.mjs';

const answer = (visit, reply) => visit.page.route('**/steps.json', (route) => route.fulfill(reply));

export function tests(shared) {
    test('steps: played by keyboard, and cancelled', async () => {
        const visit = await Visit.begin(shared.browser, shared.house);
        const { page } = visit;
        await answer(visit, { json: recording });
        await visit.open('steps');
        await visit.says('#step', 'the socket is readable');
        await page.getByRole('slider').focus();
        await page.keyboard.press('ArrowRight');
        await visit.says('#step', 'The request is whole.');
        await visit.says('[data-bytes=received]', 'SET');
        assert.ok(await visit.button('Cancel here').isDisabled());
        await page.keyboard.press('End');
        await visit.says('[data-bytes=sent]', '+OK');
        await visit.button('Cancel here').click();
        await visit.says('#cancelled', /\+O.*SET a b.*Half of the reply/);
        assert.deepEqual(await violations(page), []);
        await visit.end();
    });

    test('steps: what is served was recorded from the code', async () => {
        const visit = await Visit.begin(shared.browser, shared.house);
        await visit.open('steps');
        await visit.says('#step', 'server/net/connection.cpp');
        await visit.page.getByRole('slider').focus();
        await visit.page.keyboard.press('End');
        await visit.says('[data-bytes=sent]', /world/);
        await visit.end();
    });

    test('steps: there may be none', async () => {
        const visit = await Visit.begin(shared.browser, shared.house);
        visit.expect(/404.*steps\.json/);
        await answer(visit, { status: 404 });
        await visit.open('steps');
        await visit.says('main', 'This server has no recorded steps.');
        await visit.end();
    });
}
