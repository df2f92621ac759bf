// A whole file, with what the book says of it: book lines are cards that lead to their sections,
// notes of all chapters stand beside their lines. Line 12 is #L12, as it is in the file.
import { pageOf } from './book.mjs';
import { remark } from './chapter.mjs';
import { safe, way } from './html.mjs';
import { block, languageOf } from './paint.mjs';
import { sectionPage } from './web.mjs';

function card(page, { ref, thesis }, section, indent) {
    const href = way(page, sectionPage(section));
    return `${indent}<a class="card" href="${href}" title="${ref}"><span>`
        + `${safe(section.chapter.title)} · ${safe(section.title)}</span> ${safe(thesis)}</a>`;
}

function crumbs(page, file) {
    const folders = file.split('/').slice(0, -1);
    const links = folders.map((name, i) => `<a href="${way(page, 'source/index.html')}`
        + `#${folders.slice(0, i + 1).join('/')}">${name}</a>/`);
    return links.join('<wbr>') + `<wbr>${safe(file.split('/').at(-1))}`;
}

function notesOn(book, file, page, { markdown }) {
    return book.notesOn(file).sort((a, b) => a.line - b.line).map((note) => {
        const { section, line } = note;
        const env = { file: `book-notes/${section.chapter.slug}.md`, page };
        return `<li class="note" data-line="${line - 1}">`
            + `<a class="from" href="${way(page, sectionPage(section))}">`
            + `${safe(section.chapter.title)}</a> <code class="quote">${safe(note.quote)}</code> `
            + `${remark(markdown, note, env)}</li>`;
    });
}

// The chapters that quote the file, and the one whose program it is.
function speakingOf(book, file, marks) {
    const quoting = marks.map(({ ref }) => book.sections.get(ref).chapter);
    const own = book.chapters.filter(({ programs }) => programs.includes(file));
    return new Set([...quoting, ...own]);
}

export function sourcePage(book, file, tools) {
    const page = pageOf(file);
    const text = book.read(file).replace(/\n$/, '');
    const { lines, defined } = tools.painter.paint(text, languageOf(file));
    const marks = book.marksOf(file);
    const marked = new Set(marks.flatMap(({ numbers }) => numbers));
    for (const mark of marks) {
        const indent = /^ */.exec(text.split('\n')[mark.line - 1])[0];
        lines[mark.line - 1] = card(page, mark, book.sections.get(mark.ref), indent);
    }
    const notes = notesOn(book, file, page, tools);
    const noted = new Set(book.notesOn(file).map(({ line }) => line));
    const rows = block(lines, (n) => ` id="L${n + 1}"`
        + (marked.has(n + 1) ? ' data-marked' : '')
        + (noted.has(n + 1) ? ` data-noted="${n}"` : ''));
    return {
        path: page, title: file, kind: 'source', headings: [], file, defined,
        chapters: speakingOf(book, file, marks),
        html: `<article><h1 class="path">${crumbs(page, file)}</h1>`
            + `<figure class="numbered${notes.length ? ' with-notes' : ''}"><div class="pair">`
            + `<div class="code scrolls">${rows}</div>`
            + `${notes.length ? `<ol class="notes">${notes.join('')}</ol>` : ''}</div></figure>`
            + '</article>',
    };
}
