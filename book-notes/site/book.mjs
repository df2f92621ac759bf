// What there is to make pages of: the book as book.py tells it, and the files of the tree.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const sources = ['protocol', 'server', 'client'];
const shown = /\.(cpp|hpp|cmake|tsx?|mjs|css|html)$|\/CMakeLists\.txt$/;
const pictures = /\.(svg|png)$/;

export class Book {
    constructor(root) {
        const tool = path.join(root, 'book-notes/book.py');
        const options = { encoding: 'utf8', maxBuffer: 1 << 26 };
        const told = JSON.parse(execFileSync('python3', ['-B', tool, 'json'], options));
        this.root = root;
        this.chapters = told.chapters.filter(({ written }) => written);
        this.pages = told.pages;
        this.marks = told.marks;
        this.headings = told.headings;
        this.parts = this.#partsOf(this.chapters);
        this.sections = new Map();
        for (const chapter of this.chapters)
            for (const section of chapter.sections)
                this.sections.set(section.ref, { ...section, chapter });
    }

    #partsOf(chapters) {
        const parts = new Map();
        for (const chapter of chapters)
            parts.set(chapter.part, [...(parts.get(chapter.part) ?? []), chapter]);
        return [...parts].map(([title, of]) => ({ title, chapters: of }));
    }

    read(file) {
        return readFileSync(path.join(this.root, file), 'utf8');
    }

    isFile(file) {
        const at = path.join(this.root, file);
        return existsSync(at) && statSync(at).isFile();
    }

    // The Markdown right in a folder.
    documentsIn(folder) {
        return Object.keys(this.headings).filter((file) => path.dirname(file) === folder);
    }

    // Every file of the server, the client and the protocol, and every program of the book.
    sourceFiles() {
        const found = sources.flatMap((folder) => this.#filesBelow(folder));
        return [...found, ...this.chapters.flatMap(({ programs }) => programs)].sort();
    }

    #filesBelow(folder) {
        return readdirSync(path.join(this.root, folder), { withFileTypes: true })
            .filter(({ name }) => name !== 'node_modules')
            .flatMap((entry) => {
                const file = `${folder}/${entry.name}`;
                return entry.isDirectory() ? this.#filesBelow(file) : [file];
            })
            .filter((file) => shown.test(file));
    }

    // The notes that chapters have on one file: each with its line there, and its section.
    notesOn(file) {
        return [...this.sections.values()].flatMap((section) => section.excerpts
            .filter((excerpt) => excerpt.file === file)
            .flatMap(({ mark, notes }) => notes.map((note) =>
                ({ ...note, section, line: mark.numbers[note.on] }))));
    }

    marksOf(file) {
        return this.marks.filter((mark) => mark.file === file && this.sections.has(mark.ref));
    }
}

// The page of the site on which a file of the tree is seen.
export function pageOf(file) {
    if (pictures.test(file)) return `pictures/${file}`;
    if (!file.endsWith('.md')) return `source/${file}.html`;
    if (file === 'README.md') return 'project.html';
    return file.replace(/^book-notes\//, '').replace(/\.md$/, '.html');
}

export const isPicture = (file) => pictures.test(file);
