// Mermaid fences as pictures, drawn when the book is made: no reader's browser has to.
//
// beautiful-mermaid draws with CSS variables, a style element and a font from the network. Here its
// colours become classes, for pages that refuse inline styles and have two schemes, or plain
// colours, for readers that know neither.
import { renderMermaidSVG } from 'beautiful-mermaid';

// Its variable -> the class part, and the colour on white paper.
const roles = {
    '--_text': ['ink', '#23201b'],
    '--_text-sec': ['ink', '#23201b'],
    '--_text-muted': ['ink', '#23201b'],
    '--_text-faint': ['soft', '#6b645a'],
    '--_line': ['soft', '#6b645a'],
    '--_arrow': ['soft', '#6b645a'],
    '--_node-fill': ['panel', '#f6f1e7'],
    '--_node-stroke': ['edge', '#b9ad98'],
    '--_group-fill': ['page', '#ffffff'],
    '--_group-hdr': ['panel', '#f6f1e7'],
    '--_inner-stroke': ['page', '#ffffff'],
    '--_key-badge': ['panel', '#f6f1e7'],
    '--bg': ['page', '#ffffff'],
};
const fonts = 'Book Sans, Source Sans 3, Helvetica, Arial, sans-serif';
const options = { padding: 6, nodeSpacing: 18, layerSpacing: 28 };

// In quotes, in brackets, or behind the colon of a message or a note.
const label = /"([^"]+)"|\[([^[\]"()]+)\]|(?:>>|Note over [^:]*)[^:]*: (.+)/g;

// Every word of the fence that is a label must be in the picture: the library drops what it does
// not know without a word.
function complete(source, svg) {
    const labels = [...source.matchAll(label)]
        .map(([, ...found]) => found.find(Boolean).trim());
    const drawn = svg.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    const missing = labels.filter((label) => !label.split(/<br\/?>/).every((part) =>
        drawn.includes(part.replace(/&/g, '&amp;').replace(/'/g, '&#39;'))
        || drawn.includes(part)));
    if (missing.length > 0) throw new Error(`a diagram lacks its label '${missing[0]}'`);
}

function drawn(source) {
    const svg = renderMermaidSVG(source, options);
    complete(source, svg);
    return svg
        .replace(/<style>[\s\S]*?<\/style>\s*/, '')
        .replace(/ style="[^"]*"/, '')
        .replace(/ data-[\w-]+="[^"]*"/g, '')
        .replace(/ class="[^"]*"/g, '')
        .replace(/(\d+\.\d\d)\d+/g, '$1');
}

function recolour(svg, attribute) {
    return svg.replace(/ (fill|stroke)="var\((--[\w-]+)\)"/g, (_, what, name) => {
        if (!roles[name]) throw new Error(`a diagram has the unknown colour ${name}`);
        return attribute(what, roles[name]);
    });
}

// One tag has fill and stroke: their classes are one attribute.
const oneClass = (svg) => svg.replace(/<[a-z][^>]*>/g, (tag) => {
    const all = [...tag.matchAll(/ class="([^"]*)"/g)].map((found) => found[1]);
    if (all.length < 2) return tag;
    return tag.replace(/ class="[^"]*"/g, '').replace(/^<\w+/, `$& class="${all.join(' ')}"`);
});

// For the site: `name` keeps the ids of several pictures on a page apart.
export function withClasses(source, name) {
    const svg = recolour(drawn(source), (what, [role]) => ` class="${what}-${role}"`);
    return oneClass(svg)
        .replace(/\bid="([^"]+)"/g, `id="${name}-$1"`)
        .replace(/url\(#([^)]+)\)/g, `url(#${name}-$1)`)
        .replace('<svg ', '<svg role="img" aria-label="Diagram" ');
}

// For an EPUB: a file of its own.
export function withColours(source) {
    return recolour(drawn(source), (what, [, colour]) => ` ${what}="${colour}"`)
        .replace('<svg ', `<svg font-family="${fonts}" `);
}
