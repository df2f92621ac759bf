// The feed: what it has lost is said, and it is opened again when it is lost itself.
import { test } from 'node:test';
import { Visit } from './browser.mjs';
import { settled } from './settled.mjs';

// Stands between the page and the server, and says of each message that one before it was dropped.
async function between(page) {
    const feeds = [];
    await page.routeWebSocket(/\/ws\/feed$/, (socket) => {
        feeds.push(socket);
        socket.connectToServer().onMessage((text) => {
            socket.send(JSON.stringify({ ...JSON.parse(text), dropped: 1 }));
        });
    });
    return feeds;
}

export function tests(shared) {
    test('feed: dropped messages are told, a lost connection is made again', async () => {
        const visit = await Visit.begin(shared.browser, shared.house);
        const feeds = await between(visit.page);
        await visit.open('overview');
        await settled(visit, 'overview');
        await visit.says('.notice', /too slow for \d+ messages? of the server/);
        await feeds[0].close();
        await visit.says('.connection', 'not connected; trying again');
        await visit.says('.connection', /^connected/);
        await settled(visit, 'overview');
        await visit.end();
    });
}
