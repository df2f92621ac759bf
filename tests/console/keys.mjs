// Keys: found, looked at, not changed; and changed once that is allowed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visit, violations } from './browser.mjs';
import { settled } from './settled.mjs';

const database = '5';

function fill(house) {
    const run = (...args) => house.run('-n', database, ...args);
    run('FLUSHDB');
    run('MSET', 'user:1:name', 'Ann', 'user:2:name', 'Bob', 'plain', 'a text');
    run('SETRANGE', 'big', '100000', 'end');
    run('RPUSH', 'list', ...[...Array(250).keys()].map((n) => `element ${n}`));
    run('HSET', 'hash', 'field', 'content');
    run('SADD', 'set', 'member');
    run('ZADD', 'zset', '1.5', 'scored');
    run('XADD', 'stream', '1-1', 'color', 'blue');
    run('SET', 'mortal', 'x', 'EX', '1000');
    run('SETBIT', 'binary', '0', '1');
    return run;
}

async function begin(shared) {
    const visit = await Visit.begin(shared.browser, shared.house);
    await visit.open('keys');
    await settled(visit, 'keys');
    await visit.page.getByLabel('Database').selectOption(database);
    await visit.says('#scan-state', /^11 keys found, of 11 in the database; that is all/);
    return visit;
}

const key = (visit, name) => visit.page.locator(`[data-key="${name}"]`);

async function look(visit, name, text) {
    await key(visit, name).click();
    await visit.says('#chosen', name);
    await visit.says('.value', text);
}

export function tests(shared) {
    test('keys: browsed and looked at, and nothing is changed', async () => {
        const run = fill(shared.house);
        const visit = await begin(shared);
        const { page } = visit;
        await page.locator('[data-branch="user:"]').click();
        await page.locator('[data-branch="user:1:"]').click();
        await look(visit, 'user:1:name', 'Ann');
        await look(visit, 'plain', 'a text');
        await look(visit, 'list', 'element 99');
        await visit.button('Read more').click();
        await visit.says('.value', 'element 199');
        await look(visit, 'hash', /field.*content/);
        await look(visit, 'set', 'member');
        await look(visit, 'zset', /scored.*1\.5/);
        await look(visit, 'stream', /1-1.*color.*blue/);
        await look(visit, 'binary', '00000000  80');
        await page.getByLabel('as hex').uncheck();
        await visit.says('.value', '\\x80');
        await page.getByLabel('the biggest').check();
        assert.equal(await page.locator('.key-name').first().innerText(), 'big');
        assert.equal(await visit.button('Delete').count(), 0);
        assert.equal(run('DBSIZE'), '11');
        assert.equal(run('GET', 'plain'), 'a text');
        await visit.end();
    });

    test('keys: found by pattern and by type', async () => {
        fill(shared.house);
        const visit = await begin(shared);
        await visit.page.getByLabel('Match').fill('user:*');
        await visit.button('Scan').click();
        await visit.says('#scan-state', /^2 keys found/);
        await visit.page.getByLabel('Match').fill('');
        await visit.page.getByLabel('Type').selectOption('zset');
        await visit.says('#scan-state', /^1 key found/);
        await visit.end();
    });

    test('keys: changed once it is allowed', async () => {
        const run = fill(shared.house);
        const visit = await begin(shared);
        const { page } = visit;
        await page.getByLabel('allow changes').check();
        await look(visit, 'plain', 'a text');
        assert.deepEqual(await violations(page), []);
        await page.getByLabel('Seconds').fill('500');
        await visit.button('Set expiry').click();
        await visit.says('#chosen + p', 'expires in');
        await visit.button('Persist').click();
        await visit.says('#chosen + p', 'no expiry');
        assert.equal(run('TTL', 'plain'), '-1');
        await page.getByLabel('New name').fill('list');
        await visit.button('Rename').click();
        await visit.says('.changes .error', 'There is a key of that name.');
        await page.getByLabel('New name').fill('fancy');
        await visit.button('Rename').click();
        await visit.says('#chosen', 'fancy');
        await visit.button('Delete').click();
        await visit.button('Really delete').click();
        await key(visit, 'fancy').waitFor({ state: 'detached' });
        assert.equal(run('EXISTS', 'plain', 'fancy'), '0');
        await visit.end();
    });

    test('keys: very many are read in parts', async () => {
        const { house } = shared;
        const pairs = [...Array(20_000).keys()].flatMap((n) => [`many:${n}`, 'x']);
        for (let at = 0; at < pairs.length; at += 10_000) {
            house.run('-n', '6', 'MSET', ...pairs.slice(at, at + 10_000));
        }
        const visit = await Visit.begin(shared.browser, house);
        await visit.open('keys');
        await visit.page.getByLabel('Database').selectOption('6');
        const more = visit.button('Scan for more');
        await more.waitFor();
        assert.doesNotMatch(await visit.text('#scan-state'), /that is all/);
        await more.click();
        await visit.says('#scan-state', /^1\d,\d\d\d keys found, of 20,000/);
        house.run('-n', '6', 'FLUSHDB');
        await visit.end();
    });
}
