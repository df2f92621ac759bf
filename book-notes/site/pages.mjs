// Pages made of Markdown: the chapters, what stands beside them, and the manuals they link to.
import { pageOf } from './book.mjs';
import { render } from './chapter.mjs';
import { safe, way } from './html.mjs';

function step(chapter, className, word) {
    if (!chapter) return '<span></span>';
    return `<a class="${className}" href="${chapter.slug}.html"><small>${word}</small> `
        + `${safe(chapter.title)}</a>`;
}

function around(book, chapter) {
    const at = book.chapters.indexOf(chapter);
    return '<nav class="steps" aria-label="Chapters before and after">'
        + step(book.chapters[at - 1], 'before', 'Previous')
        + step(book.chapters[at + 1], 'after', 'Next') + '</nav>';
}

// In a narrow window the sections are not beside the chapter, but above it.
function sections(headings) {
    const links = headings.filter(({ level }) => level === 2).map(({ anchor, title }) =>
        `<li><a href="#${anchor}">${safe(title.replace(/[`*]/g, ''))}</a></li>`);
    return '<details class="inside"><summary>In this chapter</summary>'
        + `<ol>${links.join('')}</ol></details>`;
}

function programs(chapter, page) {
    if (chapter.programs.length === 0) return '';
    const links = chapter.programs.map((file) =>
        `<a href="${way(page, pageOf(file))}">${file.split('/').at(-1)}</a>`);
    return `<p class="programs">${links.length > 1 ? 'Programs' : 'Program'}: ${links.join(', ')}`
        + '</p>';
}

export function chapterPage(book, chapter, tools) {
    const file = `book-notes/${chapter.slug}.md`;
    const env = { file, page: pageOf(file) };
    const html = render(book, file, chapter, env, tools);
    const [heading, ...rest] = html.split('</h1>');
    const opening = `<p class="part">${safe(chapter.part)} <span>${chapter.number}</span></p>`
        + `${heading}</h1><p class="about">${safe(chapter.about)}</p>`
        + programs(chapter, env.page) + sections(env.headings);
    return {
        path: env.page, title: chapter.title, about: chapter.about, kind: 'chapter', chapter,
        headings: env.headings,
        html: `<article>${opening}${rest.join('</h1>')}</article>${around(book, chapter)}`,
    };
}

export function documentPage(book, file, tools, { title, about } = {}) {
    const env = { file, page: pageOf(file) };
    const html = render(book, file, undefined, env, tools);
    return {
        file, path: env.page, title: title ?? env.headings[0]?.title ?? file, about,
        kind: about ? 'page' : 'document', headings: env.headings,
        html: `<article>${html}</article>`,
    };
}
