// What the search knows: each section's heading and words, and each name the sources define.
import MiniSearch from 'minisearch';
import { words } from './html.mjs';

export const fields = {
    fields: ['title', 'above', 'text'],
    storeFields: ['title', 'above', 'file', 'href', 'text', 'kind'],
};

// What leads to other places is not what a section says.
const signs = /<(p|details|nav) class="(?:proof|part|programs|inside|steps)"[\s\S]*?<\/\1>/g;

function sectionsOf({ path, title, html, kind }) {
    return html.replace(signs, '').split(/(?=<h[123] id=")/).flatMap((piece) => {
        const found = /^<h([123]) id="([^"]*)">([\s\S]*?)<\/h\1>([\s\S]*)$/.exec(piece);
        const [id, heading, text] = found ? [found[2], words(found[3]), words(found[4])]
            : ['', title, words(piece)];
        if (!found && kind !== 'landing') return [];
        const above = heading === words(title) ? '' : title;
        return [{ title: heading, above, text, kind, href: path + (id ? `#${id}` : '') }];
    });
}

// A name is found at its first definition in each file.
function namesOf({ path, title, defined }) {
    const first = new Map();
    for (const [name, line] of defined) if (!first.has(name)) first.set(name, line);
    return [...first].map(([name, line]) =>
        ({ title: name, file: title, kind: 'name', href: `${path}#L${line}` }));
}

export function searchScript(pages, library) {
    const search = new MiniSearch(fields);
    const entries = pages.flatMap((page) => {
        if (page.kind === 'source') return [
            { title: page.title, kind: 'file', href: page.path },
            ...namesOf(page)];
        return page.kind === 'whole' || page.kind === 'files' ? [] : sectionsOf(page);
    });
    search.addAll(entries.map((entry, id) => ({ id, ...entry })));
    const index = JSON.stringify(JSON.stringify(search)).replace(/</g, '\\u003c');
    return {
        entries: entries.length,
        script: `${library.replace(/\/\/# sourceMappingURL.*/, '')}\n`
            + `window.bookIndex = MiniSearch.loadJSON(${index}, ${JSON.stringify(fields)});\n`,
    };
}
