// The console in a browser, against real servers:
//
//   console_test.mjs SERVER FLAVOUR ROOT [--screenshots FOLDER]
//
// FLAVOUR is the server that tells where tasks wait, ROOT the folder of the sources.
// Ends with 77 where there is no browser, or where the packages beside it are not installed.
import { after, before } from 'node:test';
import { available, launch } from './browser.mjs';
import { House, closeAll, has } from './house.mjs';

const [server, flavour, root, option, folder] = process.argv.slice(2);
if (!root || (option && (option !== '--screenshots' || !folder))) {
    console.error('usage: console_test.mjs SERVER FLAVOUR ROOT [--screenshots FOLDER]');
    process.exit(2);
}
if (!available() || !has('redis-cli') || !has('redis-benchmark')) {
    console.log('skipped: needs chromium, redis-tools, Node.js 20, and npm ci in tests/console');
    process.exit(77);
}

// What all tests share: the browser, and a server that none of them ends.
const shared = { server, flavour, root, folder };

before(async () => {
    shared.browser = await launch();
    shared.house = await House.open(server);
});

after(async () => {
    await shared.house?.close();
    await shared.browser?.close();
    closeAll();
});

const all = ['looks', 'numbers', 'states', 'warnings', 'feed', 'keys', 'playground', 'steps',
    'doors', 'shutdown'];
for (const name of all) {
    const { tests } = await import(`./${name}.mjs`);
    tests(shared);
}
if (folder) (await import('./screenshots.mjs')).tests(shared);
