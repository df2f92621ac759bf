// Makes the book an EPUB: node epub.mjs ROOT FOLDER FILE.epub
//
// pandoc packs it. It is given the book as one HTML page, with code as plain text, which it colours
// itself, and diagrams as files with colours in them. FOLDER is for these; it is written anew.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Book } from './book.mjs';
import { withColours } from './diagrams.mjs';
import { name } from './frame.mjs';
import { safe } from './html.mjs';
import { Paper, articles } from './paper.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

class Reader extends Paper {
    diagrams = new Map();

    code(text, language) {
        return `<pre class="${language || 'text'}"><code>${safe(text)}</code></pre>`;
    }

    diagram(source, env) {
        env.diagrams = (env.diagrams ?? 0) + 1;
        const file = `${env.slug}-${env.diagrams}.svg`;
        this.diagrams.set(file, withColours(source));
        return `<p><img src="${file}" alt="Diagram"></p>`;
    }
}

const [root, folder, file] = process.argv.slice(2);
if (!file) {
    console.error('usage: node epub.mjs ROOT FOLDER FILE.epub');
    process.exit(2);
}
const book = new Book(root);
const reader = new Reader(book);
const html = articles(book, reader).map(({ part, number, html: text }) => {
    const above = [part, number].filter(Boolean).map(safe).join(' · ');
    // pandoc keeps the classes of a div, and no others.
    return text.replace('</h1>', above ? `</h1><div class="above"><p>${above}</p></div>` : '$&')
        .replace(/<figcaption>(.*?)<\/figcaption>/g, '<div class="caption"><p>$1</p></div>');
});
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [diagram, svg] of reader.diagrams) writeFileSync(path.join(folder, diagram), svg);
writeFileSync(path.join(folder, 'book.html'), html.join('\n'));
execFileSync('pandoc', [
    '-f', 'html', '-t', 'epub3', '--toc', '--toc-depth=2', '--highlight-style=tango',
    ...['identifier=mini-redis-book', `title=${name}`, 'author=mini-redis', 'lang=en-GB']
        .flatMap((said) => ['--metadata', said]),
    '--css', path.join(here, 'epub.css'), '-o', path.resolve(file), 'book.html',
], { cwd: folder, stdio: 'inherit' });
console.log(`${html.length} chapters and pages, ${reader.diagrams.size} diagrams -> ${file}`);
