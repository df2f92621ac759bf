// The first page: what the book is, the ways into it, and what else there is.
import { safe } from './html.mjs';
import { name } from './frame.mjs';

function way([{ slug, about }, title, word]) {
    return `<li><a href="${slug}.html"><strong>${title}</strong><span>${safe(about)}</span>`
        + `<em>${safe(word)}</em></a></li>`;
}

// By chapter, by request, by symptom; what the book lacks is not offered.
function ways(book) {
    const [first] = book.chapters;
    const page = (slug) => book.pages.find((other) => other.slug === slug);
    const begin = 'From one counter to a whole server. Each word is explained before it is used.';
    return [
        [first && { ...first, about: begin }, 'By chapter', `Begin with ${first?.title}`],
        [page('request'), 'By the life of a request', 'Follow the bytes'],
        [page('symptoms'), 'By what can go wrong', 'Look up a symptom'],
    ].filter(([there]) => there).map(way).join('');
}

function chapters(book) {
    return book.parts.map(({ title, chapters: of }) => `<section><h3>${safe(title)}</h3><ol>`
        + of.map((chapter) => `<li><a href="${chapter.slug}.html"><span class="number">`
            + `${chapter.number}</span> ${safe(chapter.title)}</a> <span class="about">`
            + `${safe(chapter.about)}</span></li>`).join('') + '</ol></section>').join('');
}

function rest(book, hasSteps) {
    const entries = book.pages.filter(({ slug }) => !['request', 'symptoms'].includes(slug))
        .map(({ slug, title, about }) => [`${slug}.html`, title, about]);
    if (hasSteps) entries.push(['steps/steps.html', 'Step through one request',
        'A recording of the server at work: every coroutine, every suspension, one at a time.']);
    entries.push(
        ['source/index.html', 'The source', 'Every file, with what the book says of it beside it.'],
        ['docs/architecture.html', 'The manuals', 'The architecture, commands, configuration.'],
        ['README.html', 'How the book is tied', 'What keeps chapters, code and tests in step.'],
        ['whole.html', 'On one page', 'All of it, to print or to search with the browser.']);
    return entries.map(([href, title, about]) =>
        `<li><a href="${href}">${safe(title)}</a> <span>${safe(about)}</span></li>`).join('');
}

export function landingPage(book, picture, hasSteps) {
    return {
        path: 'index.html', title: name, kind: 'landing', headings: [],
        about: 'A gentle introduction to asynchronous programming in C++, told by one server.',
        html: `<article><div class="hero"><div><h1>Asynchronous programming, <em>told by one `
            + 'server</em></h1><p>How does one thread serve ten thousand clients? This book shows '
            + 'it in C++20, line by line, in a server that speaks the protocol of Redis. You know '
            + '<code>async</code> from JavaScript or Python: that is enough.</p>'
            + '<p>What it quotes is the server as it is, and a test fails when the two differ. '
            + 'Where a sentence can be proved, the test that proves it is named.</p></div>'
            + `${picture}</div>`
            + `<h2 id="ways">Ways in</h2><ul class="ways">${ways(book)}</ul>`
            + `<h2 id="chapters">Chapters</h2><div class="chapters">${chapters(book)}</div>`
            + `<h2 id="more">And then</h2><ul class="more">${rest(book, hasSteps)}</ul></article>`,
    };
}
