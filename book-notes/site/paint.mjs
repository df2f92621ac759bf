// Code in colours. Shiki knows the languages; what it gives out are classes and no styles, because
// the pages are read where inline styles are refused, and the colours are the style sheet's.
//
// Shiki needs a minute for the whole tree, so what it said about a text is kept in a folder.
import { createHash } from 'node:crypto';
import {
    existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHighlighter, createOnigurumaEngine } from 'shiki';
import { safe } from './html.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

// Class -> what has it. `wait` are the places where a coroutine can stop: what this book is about.
const scopes = {
    comment: ['comment', 'punctuation.definition.comment'],
    string: ['string', 'constant.character', 'punctuation.definition.string'],
    number: ['constant.numeric', 'constant.language'],
    keyword: ['keyword', 'storage', 'variable.language', 'entity.name.tag'],
    plain: ['keyword.operator', 'punctuation', 'storage.type.built-in', 'entity.name.operator',
        'storage.modifier.reference', 'storage.modifier.pointer', 'string.unquoted'],
    wait: ['keyword.control.co_await', 'keyword.control.co_yield', 'keyword.control.co_return',
        'keyword.control.flow.await'],
    type: ['entity.name.type', 'storage.type.user-defined', 'storage.type.primitive',
        'storage.type.built-in.primitive', 'storage.type.integral', 'support.type'],
    defined: ['entity.name.function.definition', 'entity.name.function.constructor',
        'entity.name.type.class', 'entity.name.type.struct', 'entity.name.type.enum'],
    directive: ['keyword.control.directive', 'punctuation.definition.directive'],
};
const names = Object.keys(scopes);
const colour = (i) => `#0000${(i + 16).toString(16)}`;
const theme = {
    name: 'classes',
    type: 'light',
    fg: '#000000',
    bg: '#ffffff',
    settings: names.map((name, i) => ({
        scope: scopes[name], settings: { foreground: colour(i) },
    })),
};
const classes = new Map(names.map((name, i) => [colour(i).toUpperCase(), name]));
classes.delete(colour(names.indexOf('plain')).toUpperCase());

const languages = {
    cpp: 'cpp', hpp: 'cpp', cmake: 'cmake', py: 'python', sh: 'shellscript', ts: 'typescript',
    tsx: 'tsx', mjs: 'javascript', js: 'javascript', css: 'css', html: 'html', json: 'json',
    toml: 'toml', rust: 'rust', python: 'python', javascript: 'javascript',
    typescript: 'typescript',
};
const plainTexts = ['', 'text', 'txt', 'console', 'resp'];

export function languageOf(file) {
    if (file.endsWith('CMakeLists.txt')) return 'cmake';
    const ending = path.extname(file).slice(1);
    return ending in languages ? ending : 'text';
}

export class Painter {
    used = new Set();

    static async open(folder) {
        const painter = new Painter();
        painter.folder = folder;
        painter.shiki = await createHighlighter({
            themes: [theme], langs: [...new Set(Object.values(languages))],
            // (From its file: what Shiki does by itself needs a newer Node.js than Debian's.)
            engine: createOnigurumaEngine(readFileSync(require.resolve('shiki/onig.wasm'))),
        });
        // What it said is worth nothing once this file or Shiki is another one.
        painter.salt = ['paint.mjs', 'package-lock.json']
            .map((file) => readFileSync(path.join(here, file))).join();
        mkdirSync(folder, { recursive: true });
        return painter;
    }

    // A text as {lines: HTML of each, defined: [name, line]}.
    paint(text, language) {
        if (plainTexts.includes(language))
            return { lines: text.split('\n').map(safe), defined: [] };
        const shikis = languages[language];
        if (!shikis) throw new Error(`no colours for the language '${language}'`);
        const key = createHash('sha256').update(this.salt + shikis + text).digest('hex');
        const kept = path.join(this.folder, `${key}.json`);
        this.used.add(path.basename(kept));
        if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'));
        const painted = this.#ask(text, shikis);
        writeFileSync(kept, JSON.stringify(painted));
        return painted;
    }

    // Forgets what nobody has asked for.
    sweep() {
        for (const file of readdirSync(this.folder))
            if (!this.used.has(file)) rmSync(path.join(this.folder, file));
    }

    #ask(text, lang) {
        const defined = [];
        const lines = this.shiki.codeToTokensBase(text, { lang, theme: 'classes' });
        const html = lines.map((tokens, n) => tokens.map(({ content, color }) => {
            const name = classes.get(color?.toUpperCase());
            if (name === 'defined') defined.push([content.trim(), n + 1]);
            return name ? `<span class="${name}">${safe(content)}</span>` : safe(content);
        }).join(''));
        return { lines: html, defined };
    }
}

// Lines as a block of code; `of` gives each line its attributes, by its place.
export function block(lines, of = () => '') {
    const rows = lines.map((line, n) => `<span class="line"${of(n)}>${line}\n</span>`).join('');
    return `<pre><code>${rows}</code></pre>`;
}
