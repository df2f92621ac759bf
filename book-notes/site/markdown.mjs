// Markdown as the book writes it, to HTML. What differs between a site, a printed book and an EPUB
// is asked of a `medium`: code(text, language, env), diagram(source, env), link(target, env) and
// picture(target, env), id(anchor, env), output(html, program, env).
//
// `env` is the page being made: `file`, `page`, and `offset`, the lines of the file above the text.
import MarkdownIt from 'markdown-it';
import { safe } from './html.mjs';

const output = /^<!-- output: (\S+) -->/;
const proof = /^Proof: (none)?/;
const noCode = /^Code: none \(.*\)$/;

// What a reader of pages need not see goes, and what has a meaning gets a class.
function markUp({ tokens }) {
    for (let i = 0; i < tokens.length; ++i) {
        const [opening, inline] = [tokens[i], tokens[i + 1]];
        // The corner of a table heads nothing.
        if (opening.type === 'th_open' && inline.content === '')
            opening.tag = tokens[i + 2].tag = 'td';
        if (opening.type === 'blockquote_open' && tokens[i - 1]?.type === 'heading_close')
            opening.attrJoin('class', 'thesis');
        if (opening.type === 'paragraph_open' && noCode.test(inline.content)) {
            tokens.splice(i--, 3);
        } else if (opening.type === 'paragraph_open' && proof.test(inline.content)) {
            opening.attrJoin('class', 'proof');
            const said = inline.children[0];
            said.content = said.content.replace(/^Proof: none \(/, 'No test: ')
                .replace(/^Proof: /, 'Proof ');
            if (inline.content.startsWith('Proof: none'))
                inline.children.at(-1).content = inline.children.at(-1).content.replace(/\)$/, '');
        }
    }
}

// A column's alignment is an inline style in CommonMark's HTML.
function aligned(tokens, i, options, env, self) {
    const style = tokens[i].attrGet('style');
    if (style) {
        tokens[i].attrs = tokens[i].attrs.filter(([name]) => name !== 'style');
        tokens[i].attrJoin('class', style.replace('text-align:', ''));
    }
    return self.renderToken(tokens, i, options);
}

export function reader(medium) {
    const markdown = new MarkdownIt({ html: true });
    const { rules } = markdown.renderer;
    const open = [];
    markdown.core.ruler.push('book', markUp);
    rules.th_open = rules.td_open = aligned;
    rules.table_open = () => '<div class="table scrolls"><table>';
    rules.table_close = () => '</table></div>';
    rules.fence = (tokens, i, options, env) => {
        const language = tokens[i].info.trim().split(/\s+/)[0];
        const text = tokens[i].content.replace(/\n$/, '');
        if (language === 'mermaid') return medium.diagram(text, env);
        const html = medium.code(text, language, env);
        const program = env.output;
        env.output = undefined;
        return program ? medium.output(html, program, env) : html;
    };
    rules.code_block = (tokens, i, options, env) =>
        medium.code(tokens[i].content.replace(/\n$/, ''), '', env);
    rules.html_block = (tokens, i, options, env) => {
        const { content } = tokens[i];
        env.output = output.exec(content)?.[1];
        return content.startsWith('<!--') ? '' : content;
    };
    rules.heading_open = (tokens, i, options, env) => {
        const { tag, map } = tokens[i];
        const anchor = env.anchors[env.offset + map[0] + 1];
        env.headings.push({ level: Number(tag[1]), anchor, title: tokens[i + 1].content });
        return `<${tag} id="${medium.id(anchor, env)}">`;
    };
    rules.heading_close = (tokens, i, options, env) => medium.anchor(env) + `</${tokens[i].tag}>`;
    rules.link_open = (tokens, i, options, env) => {
        const href = medium.link(tokens[i].attrGet('href'), env);
        open.push(href);
        return href ? `<a href="${safe(href)}">` : '';
    };
    rules.link_close = () => (open.pop() ? '</a>' : '');
    rules.image = (tokens, i, options, env) => {
        const source = medium.picture(tokens[i].attrGet('src'), env);
        return `<img src="${safe(source)}" alt="${safe(tokens[i].content)}">`;
    };
    return markdown;
}
