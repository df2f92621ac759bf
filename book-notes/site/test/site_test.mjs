// The book's site, as a folder and in a browser: node site_test.mjs ROOT SITE
//
// ROOT is the tree of the sources, SITE what was made of it. Ends with 77 where there is no
// browser, or where the packages of tests/console are not installed. (browser.mjs is that of the
// tests of the console.)
import { after, before } from 'node:test';
import { available, launch } from './browser.mjs';
import { Folder } from './folder.mjs';
import { serve } from './server.mjs';

const [root, site] = process.argv.slice(2);
if (!site) {
    console.error('usage: site_test.mjs ROOT SITE');
    process.exit(2);
}
if (!available()) {
    console.log('skipped: needs chromium, and npm ci in tests/console');
    process.exit(77);
}

// What all tests share: the pages as files, a browser, the site behind a server and as a folder.
const shared = { folder: new Folder(root, site), onDisk: { address: `file://${site}` } };

before(async () => {
    shared.browser = await launch();
    shared.served = await serve(site);
});

after(async () => {
    await shared.browser?.close();
    shared.served?.close();
});

for (const name of ['links', 'content', 'looks', 'reading', 'searching']) {
    const { tests } = await import(`./${name}.mjs`);
    tests(shared);
}
