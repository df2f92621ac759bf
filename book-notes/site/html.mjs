// Pieces of HTML: text made safe, and the way from one page to another.
import path from 'node:path';

const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const characters = { amp: '&', lt: '<', gt: '>', quot: '"' };

export const safe = (text) => text.replace(/[&<>"]/g, (c) => named[c]);

// The words of some HTML, without pictures, and without what only an eye needs.
export function words(html) {
    return html
        .replace(/<(svg|button)\b[\s\S]*?<\/\1>/g, ' ')
        .replace(/<a class="anchor"[\s\S]*?<\/a>/g, '')
        .replace(/<\/?(?:a|b|code|em|strong|span|i)\b[^>]*>/g, '')
        .replace(/<[^>]+>/g, ' ')
        .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
        .replace(/&(amp|lt|gt|quot);/g, (_, name) => characters[name])
        .replace(/\s+/g, ' ')
        .trim();
}

// Relative, so that it holds in a folder as well as on a server.
export const way = (from, to) => path.posix.relative(path.posix.dirname(from), to);
