// The tree of all files that have a page, and the chapters that speak of each.
import { safe, way } from './html.mjs';

const path = 'source/index.html';
const first = ['server', 'protocol', 'client', 'book-notes'];

// The comment that opens a file says what it is; one sentence of it is enough here.
function opener(text) {
    const lines = /^(?:#!.*\n)?((?:(?:\/\/|#) ?.*\n)+)/.exec(text)?.[1] ?? '';
    const said = lines.replace(/^(?:\/\/|#) ?/gm, '').replace(/\s+/g, ' ');
    return /^.*?[.!?:](?=\s|$)/.exec(said)?.[0].replace(/:$/, '.') ?? '';
}

const folderOf = (file) => file.split('/').slice(0, -1).join('/');

// Programs of the book are one list, though each chapter has a folder of its own.
const groupOf = (file) => (file.startsWith('book-notes/') ? 'book-notes' : folderOf(file));

function row(book, { path: page, file, title, chapters }, group, id) {
    const links = [...chapters ?? []].map(({ slug, title: chapter }) =>
        `<a class="spoken" href="${way(path, `${slug}.html`)}">${safe(chapter)}</a>`);
    const about = file.endsWith('.md') ? title : opener(book.read(file));
    const name = group ? file.slice(group.length + 1) : file;
    return `<li${id ? ` id="${id}"` : ''}><a class="file" href="${way(path, page)}">`
        + `${safe(name)}</a>${about ? ` <span class="about">${safe(about)}</span>` : ''}`
        + ` ${links.join(' ')}</li>`;
}

// Each folder is an anchor: as a heading, above the first heading of what is in it, or at the first
// of its files. `seen` are those that have one.
function list(book, group, pages, seen) {
    const above = group.split('/').map((_, i, names) => names.slice(0, i + 1).join('/'))
        .filter((folder) => folder && !seen.has(folder));
    for (const folder of above) seen.add(folder);
    const rows = pages.map((page) => {
        const folder = folderOf(page.file);
        const id = seen.has(folder) ? undefined : folder;
        seen.add(folder);
        return row(book, page, group, id);
    });
    const anchors = above.map((folder) => `<span id="${folder}"></span>`).join('');
    return `${anchors}<h2 id="${group || 'root'}">${group || 'mini-redis'}</h2>`
        + `<ul>${rows.join('')}</ul>`;
}

function order(a, b) {
    const place = ([group]) => {
        const at = first.indexOf(group.split('/')[0]);
        return at < 0 ? first.length : at;
    };
    return place(a) - place(b) || (a[0] < b[0] ? -1 : 1);
}

export function treePage(book, pages) {
    const groups = new Map();
    for (const page of [...pages].sort((a, b) => (a.file < b.file ? -1 : 1))) {
        const group = groupOf(page.file);
        groups.set(group, [...(groups.get(group) ?? []), page]);
    }
    const sorted = [...groups].sort(order);
    const seen = new Set(groups.keys());
    const lists = sorted.map(([group, of]) => list(book, group, of, seen));
    return {
        path, title: 'The source', kind: 'files',
        headings: sorted.map(([group]) => ({ level: 2, anchor: group || 'root', title: group })),
        html: '<article><h1>The source</h1><p class="about">Every file of the server, the client '
            + 'and the protocol, every program of the book, and the tests that chapters name. '
            + 'Beside a file stand the chapters that quote it.</p>'
            + `<div class="files">${lists.join('')}</div></article>`,
    };
}
