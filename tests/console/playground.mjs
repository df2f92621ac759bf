// Playground: what is typed is sent, what comes is shown, and the bytes of both.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visit } from './browser.mjs';
import { settled } from './settled.mjs';

const screen = '.xterm-accessibility';

async function begin(shared) {
    const visit = await Visit.begin(shared.browser, shared.house);
    await visit.open('playground');
    await settled(visit, 'playground');
    await visit.page.locator('.xterm-helper-textarea').focus();
    return visit;
}

async function type(visit, line) {
    await visit.page.keyboard.type(line);
    await visit.page.keyboard.press('Enter');
}

const bytes = (direction) => `[data-direction=${direction}] code`;

export function tests(shared) {
    test('playground: a command, its reply, and their bytes', async () => {
        const visit = await begin(shared);
        await type(visit, 'set played "two words\\n"');
        await visit.says(screen, 'OK');
        await visit.says(bytes('received'), '+OK\\r\\n');
        assert.match(await visit.text(bytes('sent')), /\$3\\r\\nset|\$3\\r\\n\s*set/);
        await type(visit, 'get played');
        await visit.says(screen, '"two words\\n"');
        await type(visit, 'get played extra');
        await visit.says(screen, '(error) ERR wrong number of arguments');
        await type(visit, 'rpush played x');
        await visit.says(screen, '(error) WRONGTYPE');
        await type(visit, 'get "unbalanced');
        await visit.says(screen, 'Invalid argument(s)');
        await visit.end();
    });

    test('playground: completion, help and history', async () => {
        const visit = await begin(shared);
        const { keyboard } = visit.page;
        await keyboard.type('getran');
        await keyboard.press('Tab');
        await visit.says('#help', 'GETRANGE key start end');
        await keyboard.type(' ');
        await visit.says(screen, 'getrange  key start end');
        await keyboard.press('Control+u');
        await type(visit, 'echo first');
        await visit.says(screen, '"first"');
        await keyboard.press('ArrowUp');
        await keyboard.press('Home');
        await keyboard.press('Control+ArrowRight');
        await keyboard.type('x');
        await keyboard.press('Backspace');
        await keyboard.press('End');
        await type(visit, '-again');
        await visit.says(screen, '"first-again"');
        await visit.end();
    });

    test('playground: another session listens', async () => {
        const visit = await begin(shared);
        const { page } = visit;
        await page.getByLabel('Channels').fill('tidings other');
        await visit.button('Listen').click();
        await visit.says('[role=log]', /subscribe.*tidings.*subscribe.*other/s);
        await page.locator('.xterm-helper-textarea').focus();
        await type(visit, 'publish tidings glad');
        await visit.says('[role=log]', /"message".*"tidings".*"glad"/s);
        await visit.says(screen, '(integer) 1');
        await visit.button('Stop').click();
        await page.getByLabel('To').selectOption('MONITOR');
        await visit.button('Listen').click();
        await visit.says('[role=log]', /OK$/);
        shared.house.run('ECHO', 'watched');
        await visit.says('[role=log]', /"ECHO" "watched"/i);
        await visit.end();
    });
}
