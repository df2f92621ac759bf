// The site as a medium for the book's Markdown: links lead to other pages of it, code has classes,
// diagrams stand in the page. Notes which files are linked to, so that they get pages, too.
import path from 'node:path';
import { isPicture, pageOf } from './book.mjs';
import { withClasses } from './diagrams.mjs';
import { safe, way } from './html.mjs';
import { block } from './paint.mjs';

const elsewhere = /^[a-z][a-z0-9+.-]*:/;
const copy = '<button class="copy" type="button">Copy</button>';

export class Web {
    // Files that some page links to.
    wanted = new Set();

    constructor(book, painter) {
        this.book = book;
        this.painter = painter;
    }

    id(anchor) {
        return anchor;
    }

    anchor({ headings }) {
        const { anchor, title } = headings.at(-1);
        return ` <a class="anchor" href="#${anchor}" aria-label="Link to ${safe(title)}">#</a>`;
    }

    link(target, env) {
        if (elsewhere.test(target) || target.startsWith('#')) return target;
        const [relative, anchor] = target.split('#');
        const file = path.posix.join(path.posix.dirname(env.file), relative).replace(/\/$/, '');
        if (!this.book.isFile(file)) return this.#folder(file, env);
        this.wanted.add(file);
        return way(env.page, pageOf(file)) + (anchor ? `#${anchor}` : '');
    }

    // A folder is a place in the tree of the sources.
    #folder(folder, env) {
        for (const file of this.book.documentsIn(folder)) this.wanted.add(file);
        return `${way(env.page, 'source/index.html')}#${folder}`;
    }

    picture(target, env) {
        const file = path.posix.join(path.posix.dirname(env.file), target);
        if (!isPicture(file)) throw new Error(`${env.file}: ${target} is no picture`);
        this.wanted.add(file);
        return way(env.page, pageOf(file));
    }

    code(text, language) {
        const { lines } = this.painter.paint(text, language);
        return `<div class="code">${copy}<div class="scrolls">${block(lines)}</div></div>`;
    }

    output(html, program, env) {
        const file = `book-notes/${path.posix.basename(env.file, '.md')}/${program}.cpp`;
        const href = way(env.page, pageOf(file));
        return `<figure class="output"><figcaption><a href="${href}">${program}.cpp</a> prints`
            + `</figcaption>${html}</figure>`;
    }

    diagram(source, env) {
        env.diagrams = (env.diagrams ?? 0) + 1;
        const picture = withClasses(source, `d${env.diagrams}`);
        return `<figure class="diagram scrolls">${picture}</figure>`;
    }

    excerpt(text, noted) {
        const { lines } = this.painter.paint(text, 'cpp');
        const rows = block(lines, (n) => (noted.has(n) ? ` data-noted="${n}"` : ''));
        return `<div class="code">${copy}<div class="scrolls">${rows}</div></div>`;
    }

    caption({ file, ref, mark }, chapter, env) {
        const [first, last] = [mark.numbers[0], mark.numbers.at(-1)];
        const range = first === last ? `line ${first}` : `lines ${first} to ${last}`;
        const caption = `<a href="${way(env.page, pageOf(file))}#L${first}">${file}</a> `
            + `<span>${range}</span>`;
        const section = this.book.sections.get(ref);
        if (section.chapter === chapter) return caption;
        return `${caption} <a class="from" href="${sectionPage(section)}">from `
            + `${safe(section.chapter.title)}</a>`;
    }
}

// Chapters lie at the top of the site.
export function sectionPage({ ref, chapter }) {
    return `${chapter.slug}.html#${ref.split('/')[1]}`;
}
