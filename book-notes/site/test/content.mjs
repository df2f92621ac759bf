// What the book has is on its pages: sections, notes, sources, and the links between them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

export function tests({ folder }) {
    const text = (page) => {
        assert.ok(folder.pages.has(page), `there is a page ${page}`);
        return folder.pages.get(page);
    };

    test('a chapter has the anchors that a forge gives to its headings', () => {
        for (const { slug } of [...folder.chapters(), ...folder.book.pages])
            for (const anchor of Object.values(folder.book.headings[`book-notes/${slug}.md`]))
                assert.ok(text(`${slug}.html`).includes(` id="${anchor}"`), `${slug}#${anchor}`);
    });

    test('chapters lead to the next and to the one before', () => {
        const chapters = folder.chapters();
        for (let i = 1; i < chapters.length; ++i) {
            const [before, after] = [chapters[i - 1].slug, chapters[i].slug];
            const onwards = `class="after" href="${after}.html"`;
            const back = `class="before" href="${before}.html"`;
            assert.ok(text(`${before}.html`).includes(onwards), before);
            assert.ok(text(`${after}.html`).includes(back), after);
        }
    });

    test('the first page leads to every chapter and every page beside them', () => {
        for (const { slug } of [...folder.chapters(), ...folder.book.pages])
            assert.ok(text('index.html').includes(`href="${slug}.html"`), slug);
    });

    test('a source page has every line of its file under its number', () => {
        for (const page of folder.ofKind('source')) {
            const file = page.replace(/^source\/|\.html$/g, '');
            const lines = folder.source(file).replace(/\n$/, '').split('\n').length;
            const ids = text(page).match(/ id="L\d+"/g);
            assert.deepEqual(ids, Array.from({ length: lines }, (_, n) => ` id="L${n + 1}"`), file);
        }
    });

    test('a book line is a card that leads to its section, and the section leads back', () => {
        for (const { file, ref, line, numbers } of folder.book.marks) {
            const [slug, anchor] = ref.split('/');
            const page = text(`source/${file}.html`);
            const row = new RegExp(` id="L${line}"[^\\n]*class="card" href="(../)+${slug}.html`
                + `#${anchor}"`);
            assert.match(page, row, `${file}:${line}`);
            const back = `href="source/${file}.html#L${numbers[0]}"`;
            assert.ok(text(`${slug}.html`).includes(back), `${ref} leads to ${back}`);
        }
    });

    test('every note stands in its chapter, and beside its line of the source', () => {
        let count = 0;
        for (const { slug, sections } of folder.chapters())
            for (const { file, mark, notes } of sections.flatMap((section) => section.excerpts))
                for (const { on } of notes) {
                    const chapter = text(`${slug}.html`);
                    const source = text(`source/${file}.html`);
                    assert.ok(chapter.includes(`class="note" data-line="${on}"`), slug);
                    const beside = `class="note" data-line="${mark.numbers[on] - 1}"`;
                    assert.ok(source.includes(beside), `${file}: ${beside}`);
                    count += 1;
                }
        assert.ok(count > 100, `${count} notes`);
    });

    test('every program of a chapter has a page, and the chapter leads to it', () => {
        for (const { slug, programs } of folder.chapters())
            for (const program of programs) {
                text(`source/${program}.html`);
                assert.ok(text(`${slug}.html`).includes(`href="source/${program}.html"`), program);
            }
    });

    test('solutions are folded away in a chapter, and at the end of a book', () => {
        const whole = text('whole.html');
        const fold = '<details><summary>Solutions</summary>';
        assert.doesNotMatch(whole, /<details/);
        for (const { slug, sections } of folder.chapters()) {
            const count = Number(sections.some(({ title }) => title === 'Exercises'));
            assert.equal(text(`${slug}.html`).split(fold).length - 1, count, slug);
            assert.equal(whole.split(` href="#solutions--${slug}"`).length - 1, count, slug);
            assert.equal(whole.split(` id="solutions--${slug}"`).length - 1, count, slug);
        }
    });

    test('no directive of the Markdown is left on a page', () => {
        for (const page of folder.ofKind('chapter', 'page', 'whole'))
            assert.doesNotMatch(text(page), /<!-- |Code: none|```/, page);
    });
}
