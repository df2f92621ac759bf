// What surrounds every page: its head, the bar above, the list of chapters beside it.
import { safe, way } from './html.mjs';

export const name = 'Asynchronous programming, told by one server';
export const scripts = ['notes', 'bar', 'copy', 'search'];

function entry(page, current, href, label, more = '') {
    const here = page === current ? ' aria-current="page"' : '';
    return `<li><a href="${href}"${here}>${label}</a>${here ? more : ''}</li>`;
}

// The sections of the page that is open.
function sectionsOf({ headings }) {
    const second = headings.filter(({ level }) => level === 2);
    if (second.length === 0) return '';
    const links = second.map(({ anchor, title }) =>
        `<li><a href="#${anchor}">${safe(title.replace(/[`*]/g, ''))}</a></li>`);
    return `<ol class="sections">${links.join('')}</ol>`;
}

function contents(book, page) {
    const here = (target) => way(page.path, target);
    const parts = book.parts.map(({ title, chapters }) => `<h2>${safe(title)}</h2><ol>`
        + chapters.map(({ slug, number, title: chapter }) => entry(`${slug}.html`, page.path,
            here(`${slug}.html`), `<span class="number">${number}</span> ${safe(chapter)}`,
            sectionsOf(page))).join('') + '</ol>');
    const pages = book.pages.map(({ slug, title }) => entry(`${slug}.html`, page.path,
        here(`${slug}.html`), safe(title), sectionsOf(page)));
    const others = pages.length ? `<h2>Ways in</h2><ol>${pages.join('')}</ol>` : '';
    return `<nav id="contents" aria-label="Contents">${parts.join('')}${others}</nav>`;
}

function bar(page) {
    const here = (target) => way(page.path, target);
    return '<header class="bar">'
        + '<button class="menu" type="button" aria-label="Contents" aria-controls="contents"'
        + ' aria-expanded="false">'
        + '<span aria-hidden="true">☰</span> <span class="word">Contents</span></button>'
        + `<a class="brand" href="${here('index.html')}">mini-redis<span>, the book</span></a>`
        + `<a class="tree" href="${here('source/index.html')}">Source</a>`
        + '<button class="find" type="button" aria-haspopup="dialog"><span>Search</span>'
        + '<kbd aria-hidden="true">/</kbd></button>'
        + '<button class="scheme" type="button" aria-label="Dark" aria-pressed="false">'
        + '<span aria-hidden="true">◐</span></button></header>';
}

const dialog = '<dialog class="search" aria-label="Search"><form method="dialog">'
    + '<input type="search" placeholder="Search the book and the source" aria-label="Search"'
    + ' autocomplete="off" spellcheck="false" aria-controls="hits">'
    + '<p class="state" role="status"></p><ol id="hits"></ol></form></dialog>';

export function framed(book, page) {
    const here = (target) => way(page.path, target);
    const top = here('.') || '.';
    const title = page.path === 'index.html' ? name : `${page.title} · ${name}`;
    const script = (file) => `<script defer src="${here(`look/${file}.js`)}"></script>`;
    return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${page.about ? `<meta name="description" content="${safe(page.about)}">\n` : ''}\
<title>${safe(title)}</title>
<link rel="icon" href="${here('look/icon.svg')}">
<link rel="stylesheet" href="${here('look/book.css')}">
<script src="${here('look/scheme.js')}"></script>
${scripts.map(script).join('\n')}
</head>
<body class="${page.kind}" data-top="${top}">
<a class="skip" href="#text">To the text</a>
${bar(page)}
<div class="frame">
${contents(book, page)}
<main id="text">
${page.html}
</main>
</div>
${dialog}
</body>
</html>
`;
}
