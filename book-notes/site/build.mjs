// Makes the book's site: node build.mjs ROOT OUT [STEPS]
//
// ROOT is the tree of the sources, OUT the folder of the site, which is written anew; STEPS a
// folder with the console's page that steps through one request. Static files, relative links and
// classic scripts: it opens from a folder as well as from a server, and needs no network.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Book, isPicture, pageOf } from './book.mjs';
import { framed } from './frame.mjs';
import { landingPage } from './landing.mjs';
import { reader } from './markdown.mjs';
import { chapterPage, documentPage } from './pages.mjs';
import { Painter } from './paint.mjs';
import { wholePage } from './paper.mjs';
import { searchScript } from './search_index.mjs';
import { sourcePage } from './source_page.mjs';
import { stepsFiles } from './steps.mjs';
import { treePage } from './tree_page.mjs';
import { Web } from './web.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const fonts = {
    'source-serif-4': ['400-normal', '400-italic', '600-normal', '600-italic'],
    'source-sans-3': ['400-normal', '400-italic', '600-normal'],
    'source-code-pro': ['400-normal', '600-normal'],
};

// Pages of all files that others link to, and of those that these link to.
function follow(book, medium, tools, pages) {
    const seen = new Set(pages.map((page) => page.path));
    for (const file of medium.wanted) {
        if (isPicture(file) || seen.has(pageOf(file))) continue;
        seen.add(pageOf(file));
        pages.push(file.endsWith('.md') ? documentPage(book, file, tools)
            : sourcePage(book, file, tools));
    }
}

function makePages(book, painter, hasSteps) {
    const medium = new Web(book, painter);
    const tools = { markdown: reader(medium), medium, painter };
    const pages = [
        ...book.chapters.map((chapter) => chapterPage(book, chapter, tools)),
        ...book.pages.map((page) =>
            documentPage(book, `book-notes/${page.slug}.md`, tools, page)),
        ...['README.md', 'book-notes/README.md', 'docs/architecture.md'].map((file) =>
            documentPage(book, file, tools)),
        ...book.sourceFiles().map((file) => sourcePage(book, file, tools)),
    ];
    follow(book, medium, tools, pages);
    const files = pages.filter(({ kind }) => kind === 'source' || kind === 'document');
    const lanes = readFileSync(path.join(here, 'look/lanes.svg'), 'utf8')
        .replace(/<!--.*-->\s*/, '');
    pages.push(landingPage(book, lanes, hasSteps), treePage(book, files),
        wholePage(book, painter, lanes));
    return { pages, pictures: [...medium.wanted].filter(isPicture) };
}

function writer(out) {
    rmSync(out, { recursive: true, force: true });
    return (file, text) => {
        mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
        writeFileSync(path.join(out, file), text);
    };
}

function writeLook(write) {
    const look = path.join(here, 'look');
    const sheets = readdirSync(look).filter((file) => file.endsWith('.css')).sort();
    write('look/book.css', sheets.map((file) => readFileSync(path.join(look, file))).join('\n'));
    for (const file of readdirSync(look).filter((name) => /\.(js|svg)$/.test(name)))
        write(`look/${file}`, readFileSync(path.join(look, file)));
    for (const [family, faces] of Object.entries(fonts))
        for (const face of faces) {
            const file = `${family}-latin-${face}.woff2`;
            const font = require.resolve(`@fontsource/${family}/files/${file}`);
            write(`look/${file}`, readFileSync(font));
        }
}

const [root, out, steps] = process.argv.slice(2);
if (!out) {
    console.error('usage: node build.mjs ROOT OUT [STEPS]');
    process.exit(2);
}
const book = new Book(root);
const painter = await Painter.open(path.join(here, 'painted'));
const { pages, pictures } = makePages(book, painter, Boolean(steps));
const write = writer(out);
writeLook(write);
for (const page of pages) write(page.path, framed(book, page));
for (const file of pictures) write(pageOf(file), readFileSync(path.join(root, file)));
const library = path.join(path.dirname(require.resolve('minisearch')), '../umd/index.js');
const { script, entries } = searchScript(pages, readFileSync(library, 'utf8'));
write('look/index.js', script);
for (const [file, text] of steps ? stepsFiles(steps) : []) write(`steps/${file}`, text);
painter.sweep();
console.log(`${pages.length} pages, ${entries} entries to search -> ${out}`);
