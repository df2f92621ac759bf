// The site as files, and the book it was made of.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export class Folder {
    constructor(root, site) {
        const tool = path.join(root, 'book-notes/book.py');
        const options = { encoding: 'utf8', maxBuffer: 1 << 26 };
        this.root = root;
        this.site = site;
        this.book = JSON.parse(execFileSync('python3', ['-B', tool, 'json'], options));
        this.files = new Set(readdirSync(site, { recursive: true }));
        this.pages = new Map([...this.files].filter((file) => file.endsWith('.html')).sort()
            .map((file) => [file, readFileSync(path.join(site, file), 'utf8')]));
    }

    // Pages of one kind, as their body says.
    ofKind(...kinds) {
        return [...this.pages].filter(([, html]) =>
            kinds.includes(/<body class="(\w+)"/.exec(html)?.[1])).map(([file]) => file);
    }

    source(file) {
        return readFileSync(path.join(this.root, file), 'utf8');
    }

    chapters() {
        return this.book.chapters.filter(({ written }) => written);
    }
}
