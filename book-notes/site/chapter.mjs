// One page of the book's Markdown: its prose through the reader, its excerpts as figures with their
// notes, wherever book.py says they stand.
import { safe } from './html.mjs';

// Prose and excerpts of a chapter, in turn.
function pieces(text, excerpts) {
    const lines = text.split('\n');
    const found = [];
    let at = 0;
    for (const excerpt of excerpts) {
        found.push({ text: lines.slice(at, excerpt.line - 1).join('\n'), offset: at }, { excerpt });
        at = excerpt.end;
    }
    return [...found, { text: lines.slice(at).join('\n'), offset: at }];
}

// A note without the quotation that says which line it speaks of.
export function remark(markdown, note, env) {
    const [, , rest] = /^(`+).+?\1(?!`)([\s\S]*)$/.exec(note.text);
    return markdown.renderInline(rest.replace(/^[\s:,.]+/, ''), env);
}

function figure(excerpt, chapter, env, { markdown, medium }) {
    const notes = excerpt.notes.map((note) => `<li class="note" data-line="${note.on}">`
        + `<code class="quote">${safe(note.quote)}</code> ${remark(markdown, note, env)}</li>`);
    const noted = new Set(excerpt.notes.map(({ on }) => on));
    return `<figure class="excerpt${notes.length ? ' with-notes' : ''}">`
        + `<figcaption>${medium.caption(excerpt, chapter, env)}</figcaption>`
        + `<div class="pair">${medium.excerpt(excerpt.mark.code.join('\n'), noted)}`
        + `${notes.length ? `<ol class="notes">${notes.join('')}</ol>` : ''}</div></figure>`;
}

export function render(book, file, chapter, env, tools) {
    env.anchors = book.headings[file];
    env.headings = [];
    const excerpts = chapter ? chapter.sections.flatMap((section) => section.excerpts) : [];
    return pieces(book.read(file), excerpts).map((piece) => {
        if (piece.excerpt) return figure(piece.excerpt, chapter, env, tools);
        env.offset = piece.offset;
        return tools.markdown.render(piece.text, env);
    }).join('\n');
}
