// Tasks, in the flavour that knows where they wait: clients in every state, each at its line.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Visit } from './browser.mjs';
import { House, inline } from './house.mjs';

const each = 50;
const patience = 20_000;

async function tasksOf(house) {
    const threads = await (await fetch(`${house.address}/api/tasks`)).json();
    return threads.flatMap(({ tasks }) => tasks);
}

// Waits until so many clients are in a state, and returns them.
async function inState(house, state, count) {
    for (const end = Date.now() + patience; ;) {
        const found = (await tasksOf(house))
            .filter((task) => task.name === 'client' && task.state === state);
        if (found.length === count) return found;
        assert(Date.now() < end, `${found.length} clients are '${state}', not ${count}`);
    }
}

// The line of the source a task is parked at.
async function sourceAt(root, { file, line }) {
    return (await readFile(`${root}/${file}`, 'utf8')).split('\n')[line - 1];
}

async function clients(house, ...requests) {
    const sockets = await Promise.all([...Array(each)].map(() => house.connect()));
    for (const socket of sockets) {
        socket.pause();
        for (const request of requests) socket.write(request);
    }
}

// To the line in the annotated source, where the page has a link to it.
async function followLine(visit) {
    const opened = visit.context.waitForEvent('page');
    await visit.page.locator('[data-group="client"] a').first().click();
    const source = await opened;
    await source.locator(':target').waitFor();
    assert.match(await source.title(), /connection\.cpp/);
    assert.match(await source.locator(':target').innerText(), /co_await transport_->readable/);
    await source.close();
}

export function tests(shared) {
    test('tasks: clients in every state are seen where they wait', async (t) => {
        const house = await House.open(shared.flavour, '--shutdown-timeout', '3');
        house.run('SETRANGE', 'large', '16000000', 'x');
        await clients(house);
        await clients(house, inline('BLPOP', 'none', '0'));
        await clients(house, inline('SUBSCRIBE', 'news'));
        await clients(house, inline('GET', 'large'));
        const reading = await inState(house, 'reading', each);
        const waiting = await inState(house, 'waiting for a key', each);
        const subscribed = await inState(house, 'subscribed', each);
        const slow = await inState(house, 'slow to read', each);
        for (const task of [...reading, ...waiting, ...subscribed, ...slow]) {
            const at = task.places.find(({ file }) => file.startsWith('server/net/connection.'));
            assert.match(at.function, /Connection::read_requests$/);
            assert.match(await sourceAt(shared.root, at), /co_await transport_->readable\(\)/);
        }
        const writers = (await tasksOf(house)).filter(({ name }) => name === 'write outbox');
        assert.equal(writers.length, each);
        for (const { places } of writers) {
            const at = places.find(({ file }) => file === 'server/net/sending.cpp');
            assert.match(await sourceAt(shared.root, at), /co_await transport_->writable\(\)/);
        }

        const visit = await Visit.begin(shared.browser, house);
        visit.expect(/WebSocket/);  // which ends with the server
        await visit.open('tasks');
        await visit.says('#task-states', new RegExp(
            `${each} subscribed at server/net/connection.cpp:\\d+`));
        await visit.page.getByLabel('Filter').fill('waiting for a key');
        await visit.says('#task-count', new RegExp(`^${each} of `));
        if ((await fetch(`${house.address}/book/`)).ok) await followLine(visit);
        else t.diagnostic('this build has no book, so no line of it was opened');
        await visit.page.getByLabel('Filter').fill('shutting down');
        house.child.kill();
        await visit.says('#task-states', /shutting down at server\/net\/farewell.cpp:\d+/);
        await visit.end();
        await house.child.ended;
    });
}
