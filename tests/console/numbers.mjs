// Overview and Tasks: what they show is what the server says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visit } from './browser.mjs';
import { settled } from './settled.mjs';

const fact = (name) => `[data-fact="${name}"] dd`;
const call = (name) => `[data-command="${name}"] td`;
const grouped = (n) => Number(n).toLocaleString('en-GB');

export function tests(shared) {
    test('overview: its numbers are those of INFO', async () => {
        const { house } = shared;
        house.run('MSET', 'a', '1', 'b', '2', 'c', '3');
        house.run('SET', 'short', 'x', 'PX', '1');
        for (const key of ['a', 'b', 'none']) house.run('GET', key);
        const visit = await Visit.begin(shared.browser, house);
        await visit.open('overview');
        await settled(visit, 'overview');
        const info = house.info();
        const calls = /calls=(\d+)/.exec(info.get('cmdstat_get'))[1];
        await visit.says(call('get'), new RegExp(`^${grouped(calls)}$`));
        await visit.says(fact('keys'), grouped(house.run('DBSIZE')));
        await visit.says(fact('expired keys'), grouped(house.info().get('expired_keys')));
        await visit.says(fact('evicted keys'), grouped(info.get('evicted_keys')));
        await visit.says(fact('port'), String(house.port));
        await visit.says(fact('persistence'), 'kept in memory only');
        assert.match(await visit.text('[data-figure=memory] strong'), /^[\d.]+ [KM]iB$/);
        await visit.end();
    });

    test('overview: load is seen', async () => {
        const visit = await Visit.begin(shared.browser, shared.house);
        await visit.open('overview');
        const stop = shared.house.load();
        await visit.says('[data-figure=requests] strong', /[kM]\/s$/);
        await visit.says('[data-figure=cpu] strong', /^[1-9]/);
        await visit.says('[data-figure=hits] strong', /%$/);
        await visit.says('[data-figure=latency] strong', /µs|ms/);
        await visit.page.getByLabel('time', { exact: true }).check();
        await stop();
        await visit.end();
    });

    test('tasks: all are listed, and can be looked for', async () => {
        const { house } = shared;
        const clients = await Promise.all([...Array(1000)].map(() => house.connect()));
        const visit = await Visit.begin(shared.browser, house);
        await visit.open('tasks');
        await visit.says('#task-count', /^1,\d\d\d of 1,\d\d\d tasks/);
        await visit.page.getByLabel('Filter').fill('listen');
        await visit.says('#task-count', /^[1-9] of 1,/);
        await visit.page.locator('tr.task').first().waitFor();
        const traced = await visit.page.getByRole('columnheader', { name: 'parked at' }).count();
        const notice = await visit.page.getByText('does not tell where its tasks wait').count();
        assert.deepEqual([traced, notice], [0, 1]);
        await visit.page.getByLabel('Filter').fill('');
        const group = visit.page.locator('[data-group="client"] .fold').first();
        await group.click();
        await visit.page.locator('[data-group="client"] tr.task').nth(99).waitFor();
        for (const client of clients) client.destroy();
        await visit.says('#task-count', /^\d{1,2} of/);
        await visit.end();
    });
}
