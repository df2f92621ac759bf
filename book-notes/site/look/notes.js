// Notes stand level with their lines; one that would cover the note above moves down. Where there
// is no room beside the code they are a list below it.
(function () {
    const gap = 12;
    const figures = document.querySelectorAll('.with-notes');

    function place(figure) {
        const list = figure.querySelector('.notes');
        const lines = figure.querySelectorAll('.line');
        const beside = getComputedStyle(figure.querySelector('.pair')).display === 'grid';
        const top = list.getBoundingClientRect().top;
        const notes = [...list.children];
        list.style.minHeight = '';
        if (!beside) {
            for (const note of notes) note.style.top = '';
            return;
        }
        // All is measured before anything moves.
        const measured = notes.map((note) =>
            [lines[note.dataset.line].getBoundingClientRect().top - top, note.offsetHeight]);
        let free = 0;
        measured.forEach(([level, height], i) => {
            const at = Math.max(level, free);
            notes[i].style.top = `${at}px`;
            free = at + height + gap;
        });
        list.style.minHeight = `${free}px`;
    }

    function placeAll() {
        figures.forEach(place);
    }

    // A note and its line are shown together.
    function pair(figure) {
        for (const note of figure.querySelectorAll('.note')) {
            const line = figure.querySelectorAll('.line')[note.dataset.line];
            for (const one of [note, line]) {
                one.addEventListener('mouseenter', () => toggle(true));
                one.addEventListener('mouseleave', () => toggle(false));
            }
            function toggle(on) {
                note.classList.toggle('lit', on);
                line.classList.toggle('lit', on);
            }
        }
    }

    figures.forEach(pair);
    addEventListener('resize', placeAll);
    document.fonts.ready.then(placeAll);
    placeAll();
})();
