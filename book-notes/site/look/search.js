// The search. Its index is a script, so that it loads in a page from a folder, too; and only once
// somebody asks.
(function () {
    const most = 20;
    const around = 70;
    const top = document.body.dataset.top;
    const box = document.querySelector('dialog.search');
    const input = box.querySelector('input');
    const hits = box.querySelector('#hits');
    const state = box.querySelector('.state');
    const kinds = { chapter: 3, page: 2.5, document: 1, file: 0.8, name: 1 };
    let chosen = 0;

    function load() {
        if (window.bookIndex || document.querySelector('#index')) return;
        const script = document.createElement('script');
        script.id = 'index';
        script.src = `${top}/look/index.js`;
        script.addEventListener('load', show);
        document.head.append(script);
    }

    function open() {
        load();
        if (!box.open) box.showModal();
        input.select();
    }

    const found = (query) => window.bookIndex.search(query, {
        prefix: (term) => term.length > 2,
        fuzzy: (term) => (term.length > 5 ? 0.15 : 0),
        boost: { title: 4, above: 2 },
        combineWith: 'AND',
        boostDocument: (id, term, { kind, title }) =>
            (kinds[kind] ?? 1) * (title.toLowerCase() === query.toLowerCase() ? 5 : 1),
    });

    const escaped = (term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

    // Text with the words that were found marked.
    function marked(text, terms) {
        const pattern = new RegExp(`(${terms.map(escaped).join('|')})`, 'i');
        return text.split(pattern).map((piece, i) => {
            if (i % 2 === 0) return piece;
            const mark = document.createElement('mark');
            mark.textContent = piece;
            return mark;
        });
    }

    // The words around the first that was found, whole words only.
    function snippet(text, terms) {
        const at = Math.max(0, text.search(new RegExp(terms.map(escaped).join('|'), 'i')));
        let from = Math.max(0, at - around);
        if (from > 0) from = text.indexOf(' ', from) + 1;
        let to = Math.min(text.length, from + 2.5 * around);
        if (to < text.length) to = text.lastIndexOf(' ', to);
        return `${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}`;
    }

    function entry({ title, above, file, text = '', href, kind, terms }) {
        const row = document.createElement('li');
        const link = document.createElement('a');
        const heading = document.createElement(kind === 'name' ? 'code' : 'b');
        const place = document.createElement('small');
        const words = document.createElement('span');
        link.href = `${top}/${href}`;
        heading.append(...marked(title, terms));
        place.textContent = above ?? file ?? '';
        words.append(...marked(snippet(text, terms), terms));
        link.append(heading, ' ', place, words);
        row.append(link);
        return row;
    }

    function choose(place) {
        const rows = [...hits.children];
        chosen = Math.max(0, Math.min(rows.length - 1, place));
        rows.forEach((row, i) => row.classList.toggle('chosen', i === chosen));
        rows[chosen]?.scrollIntoView({ block: 'nearest' });
    }

    function show() {
        const query = input.value.trim();
        const results = window.bookIndex && query ? found(query) : [];
        hits.replaceChildren(...results.slice(0, most).map(entry));
        if (!query) state.textContent = '';
        else if (!window.bookIndex) state.textContent = 'The index is on its way.';
        else if (results.length === 0) state.textContent = 'Nothing is found.';
        else state.textContent = `${results.length} found`;
        choose(0);
    }

    document.querySelector('.find').addEventListener('click', open);
    input.addEventListener('input', show);
    box.addEventListener('keydown', (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) choose(chosen + step);
        else if (event.key === 'Enter') hits.children[chosen]?.querySelector('a').click();
        else return;
        event.preventDefault();
    });
    box.addEventListener('click', ({ target }) => {
        if (target === box || target.closest('a')) box.close();
    });
    addEventListener('keydown', (event) => {
        const slash = event.key === '/' && !event.target.closest('input, textarea');
        if (!slash && !(event.key === 'k' && (event.ctrlKey || event.metaKey))) return;
        event.preventDefault();
        open();
    });
})();
