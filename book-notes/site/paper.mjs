// Paper as a medium for the book's Markdown: the whole book is one page, links stay inside of it,
// and what leads out of it is text.
import path from 'node:path';
import { isPicture, pageOf } from './book.mjs';
import { render } from './chapter.mjs';
import { withClasses } from './diagrams.mjs';
import { name } from './frame.mjs';
import { safe } from './html.mjs';
import { reader } from './markdown.mjs';
import { block } from './paint.mjs';

export class Paper {
    constructor(book, painter) {
        this.book = book;
        this.painter = painter;
        this.slugs = new Set([...book.chapters, ...book.pages].map(({ slug }) => slug));
    }

    // Headings of the same name in two chapters are two places.
    id(anchor, { slug, headings }) {
        return headings.at(-1).level === 1 ? slug : `${slug}--${anchor}`;
    }

    anchor() {
        return '';
    }

    link(target, env) {
        const [file, anchor] = target.split('#');
        const slug = file ? path.posix.basename(file, '.md') : env.slug;
        const inside = !file.includes('/') && this.slugs.has(slug);
        return inside && `#${slug}${anchor ? `--${anchor}` : ''}`;
    }

    picture(target, env) {
        const file = path.posix.join(path.posix.dirname(env.file), target);
        if (!isPicture(file)) throw new Error(`${env.file}: ${target} is no picture`);
        return pageOf(file);
    }

    code(text, language) {
        const { lines } = this.painter.paint(text, language);
        return `<div class="code scrolls">${block(lines)}</div>`;
    }

    output(html, program) {
        return `<figure class="output"><figcaption>${program}.cpp prints</figcaption>${html}`
            + '</figure>';
    }

    diagram(source, env) {
        env.diagrams = (env.diagrams ?? 0) + 1;
        const picture = withClasses(source, `${env.slug}-${env.diagrams}`);
        return `<figure class="diagram scrolls">${picture}</figure>`;
    }

    excerpt(text) {
        return this.code(text, 'cpp');
    }

    caption({ file, ref }, chapter) {
        const section = this.book.sections.get(ref);
        if (section.chapter === chapter) return file;
        return `${file}, from <a href="#${ref.replace('/', '--')}">${safe(section.title)}</a>`;
    }
}

// What is folded away on a screen stands at the end of a book.
const folded = /<details><summary>Solutions<\/summary>([\s\S]*?)<\/details>/;

function solutions(found) {
    const html = found.map(({ slug, number, title, solved }) =>
        `<h2 id="solutions--${slug}">${number} ${safe(title)}</h2>${solved}`);
    return { slug: 'solutions', title: 'Solutions',
             html: `<h1 id="solutions">Solutions</h1>${html.join('')}` };
}

// The articles of the book, in reading order, each {slug, part, number, title, html}; `part` where
// one begins.
export function articles(book, medium) {
    const tools = { markdown: reader(medium), medium };
    const found = [];
    const written = (entry, chapter) => {
        const file = `book-notes/${entry.slug}.md`;
        const html = render(book, file, chapter, { file, slug: entry.slug }, tools)
            .replace(folded, (_, solved) => {
                found.push({ ...entry, solved });
                return `<p><a href="#solutions--${entry.slug}">Solutions</a> at the end.</p>`;
            });
        return { ...entry, html };
    };
    const chapters = book.parts.flatMap(({ title, chapters: of }) => of.map((chapter, i) =>
        ({ ...written(chapter, chapter), part: i === 0 ? title : undefined })));
    return [...chapters, solutions(found), ...book.pages.map((page) => written(page))];
}

function listed({ slug, part, number, title }) {
    return `${part ? `<li class="part">${safe(part)}</li>` : ''}<li><a href="#${slug}">`
        + `<span class="number">${number ?? ''}</span> <span>${safe(title)}</span></a></li>`;
}

export function wholePage(book, painter, cover) {
    const all = articles(book, new Paper(book, painter));
    const html = all.map(({ slug, part, number, html: text }) =>
        `<article class="${number ? '' : `back ${slug}`}">`
        + (part ? `<p class="part">${safe(part)}</p>` : '')
        + (number ? `<p class="number">${number}</p>` : '') + `${text}</article>`);
    return {
        path: 'whole.html', title: 'On one page', kind: 'whole', headings: [],
        html: `<section class="cover"><p class="title">${name}</p>${cover}`
            + '<p>The source of a server that speaks the protocol of Redis, and what it teaches.'
            + '</p></section><section class="listed"><h1>Contents</h1>'
            + `<ol>${all.map(listed).join('')}</ol></section>${html.join('')}`,
    };
}
