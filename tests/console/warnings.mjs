// What the Tasks view warns of: a handler that takes long, mail that piles up, a phase that lasts.
import { test } from 'node:test';
import { Visit } from './browser.mjs';
import { House, inline } from './house.mjs';

// Stands between the page and the server, and changes what is told.
async function change(page, edit) {
    await page.routeWebSocket(/\/ws\/feed$/, (socket) => {
        const server = socket.connectToServer();
        socket.onMessage((text) => server.send(text));
        server.onMessage((text) => {
            const told = JSON.parse(text);
            edit(told);
            socket.send(JSON.stringify(told));
        });
    });
}

export function tests(shared) {
    test('tasks: a handler longer than 1 ms is warned of', async () => {
        const house = await House.open(shared.flavour);
        const visit = await Visit.begin(shared.browser, house);
        const client = await house.connect();
        client.write(inline('CLIENT', 'SETNAME', 'zeros'));
        client.write(inline('SETRANGE', 'large', '200000000', 'x'));
        await visit.open('tasks');
        await visit.page.getByLabel('Filter').fill('zeros handler longer than 1 ms');
        await visit.says('#task-count', /^1 of /);
        await visit.says('[data-group="client"] .task', 'handler longer than 1 ms');
        client.destroy();
        await visit.end();
        await house.close();
    });

    // Neither is to be had of a server in good health.
    test('tasks: mail that piles up and a phase past its time are warned of', async () => {
        const house = await House.open(shared.flavour);
        const visit = await Visit.begin(shared.browser, house);
        let ahead = 0;
        await change(visit.page, (told) => {
            for (const { mailbox } of told.tasks ?? []) mailbox.length = mailbox.capacity / 2 + 1;
            told.shutdown.phase = 'not_reading';
            told.at_ms += ahead;
            ahead += 3000;
        });
        await visit.open('tasks');
        await visit.says('[data-thread="0"]', /mailbox more than half full: \d+ of \d+/);
        await visit.page.getByLabel('Filter').fill('keep house');
        await visit.says('[data-group="keep house"] .task',
            /parked though the phase is \d+ (s|ms|min)\b.* past its time/);
        await visit.end();
        await house.close();
    });
}
