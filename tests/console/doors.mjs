// Who may look: a token where the server wants one, a password where its sessions do.
import { test } from 'node:test';
import { Visit, violations } from './browser.mjs';
import assert from 'node:assert/strict';
import { House } from './house.mjs';
import { settled } from './settled.mjs';

const token = 'a-token/with+signs';

export function tests(shared) {
    test('token: a wrong one is refused, the right one accepted and kept', async () => {
        const house = await House.open(shared.server, '--admin-token', token);
        const visit = await Visit.begin(shared.browser, house);
        visit.expect(/401/);
        await visit.open('overview');
        await visit.says('h1', 'Token');
        assert.deepEqual(await violations(visit.page), []);
        await visit.page.getByLabel('Token').fill('wrong');
        await visit.page.keyboard.press('Enter');
        await visit.says('.error', 'The server has refused this token.');
        await visit.page.getByLabel('Token').fill(token);
        await visit.page.keyboard.press('Enter');
        await visit.says('h1', 'Overview');
        await settled(visit, 'overview');
        await visit.page.reload();
        await settled(visit, 'overview');
        await visit.page.getByRole('link', { name: 'Keys' }).click();
        await settled(visit, 'keys');
        await visit.end();
        await house.close();
    });

    test('password: the view Keys asks for it', async () => {
        const house = await House.open(shared.server, '--requirepass', 'sesame');
        const visit = await Visit.begin(shared.browser, house);
        await visit.open('keys');
        await visit.says('.error', 'NOAUTH');
        assert.deepEqual(await violations(visit.page), []);
        await visit.page.getByLabel('Password').fill('wrong');
        await visit.button('Authenticate').click();
        await visit.says('.error', 'WRONGPASS');
        await visit.page.getByLabel('Password').fill('sesame');
        await visit.button('Authenticate').click();
        await settled(visit, 'keys');
        await visit.end();
        await house.close();
    });
}
