// The browser, and what of it must never be heard: errors, refused styles, requests elsewhere.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export const chromium = '/usr/bin/chromium';
export const wide = { width: 1280, height: 900 };
export const narrow = { width: 380, height: 800 };
export const views = ['overview', 'tasks', 'shutdown', 'keys', 'playground', 'steps'];

const require = createRequire(import.meta.url);

// Whether there is what it takes.
export function available() {
    // (Playwright ends the program under an older Node.js, such as Debian's.)
    const [version] = process.versions.node.split('.');
    if (!existsSync(chromium) || Number(version) < 20) return false;
    try {
        require.resolve('playwright-core');
        require.resolve('axe-core');
        return true;
    } catch {
        return false;
    }
}

// Playwright gives each run a fresh folder for its data.
export async function launch() {
    const { chromium: browsers } = await import('playwright-core');
    return browsers.launch({
        executablePath: chromium,
        args: [
            '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
            '--disable-background-networking', '--disable-component-update', '--disable-sync',
        ],
    });
}

export class Visit {
    // What the browser complained of, except what `expected` matches.
    faults = [];
    expected = [];

    static async begin(browser, house, { scheme = 'light', size = wide } = {}) {
        const visit = new Visit();
        visit.house = house;
        visit.context = await browser.newContext({ colorScheme: scheme, viewport: size });
        visit.page = await visit.context.newPage();
        visit.page.setDefaultTimeout(60_000);
        visit.listen();
        return visit;
    }

    listen() {
        const { page, house } = this;
        page.on('console', (message) => {
            if (message.type() !== 'error') return;
            this.faults.push(`${message.text()} ${message.location().url}`);
        });
        page.on('pageerror', (error) => this.faults.push(error.stack));
        page.on('request', (request) => this.same(request.url()));
        page.on('websocket', (socket) => this.same(socket.url().replace(/^ws/, 'http')));
    }

    same(url) {
        if (url.startsWith('data:') || url.startsWith(`${this.house.address}/`)) return;
        this.faults.push(`a request to another origin: ${url}`);
    }

    // Says that the browser may complain so.
    expect(pattern) {
        this.expected.push(pattern);
    }

    async open(view) {
        await this.page.goto(`${this.house.address}/#${view}`);
        await this.page.locator('h1').waitFor();
    }

    // Waits until `text` is what a place says, or matches it.
    async says(place, text) {
        const matching = typeof text === 'string'
            ? { source: text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags: '' }
            : { source: text.source, flags: text.flags };
        await this.page.waitForFunction(([where, { source, flags }]) => {
            const found = document.querySelector(where);
            return found && new RegExp(source, flags).test(found.textContent);
        }, [place, matching]);
    }

    text(place) {
        return this.page.locator(place).first().innerText();
    }

    button(name) {
        return this.page.getByRole('button', { name, exact: true });
    }

    // Ends well only if nothing was complained of.
    async end() {
        await this.context.close();
        const faults = this.faults.filter((fault) => !this.expected.some((p) => p.test(fault)));
        assert.deepEqual(faults, []);
    }
}

let axe;

// What axe finds wrong with the page as it is; it says what and where.
export async function violations(page) {
    axe ??= await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
        // Without preload it fetches nothing.
        const { violations: all } = await window.axe.run(document, { preload: false });
        return all.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`));
    });
    return found;
}
