// The bar above: contents in a narrow window, light and dark.
(function () {
    const root = document.documentElement;
    const menu = document.querySelector('.menu');
    const scheme = document.querySelector('.scheme');
    const system = matchMedia('(prefers-color-scheme: dark)');

    function isDark() {
        return root.dataset.scheme ? root.dataset.scheme === 'dark' : system.matches;
    }

    function tell() {
        scheme.setAttribute('aria-pressed', isDark());
    }

    function open(isOpen) {
        document.body.classList.toggle('open', isOpen);
        menu.setAttribute('aria-expanded', isOpen);
    }

    scheme.addEventListener('click', () => {
        root.dataset.scheme = isDark() ? 'light' : 'dark';
        tell();
        try {
            localStorage.setItem('book-scheme', root.dataset.scheme);
        } catch {
            // Then it holds for this page.
        }
    });
    system.addEventListener('change', tell);
    tell();

    menu.addEventListener('click', () => open(!document.body.classList.contains('open')));
    document.querySelector('#contents').addEventListener('click', ({ target }) => {
        if (target.closest('a')) open(false);
    });
    addEventListener('keydown', ({ key }) => {
        if (key === 'Escape') open(false);
    });

    // In a list longer than the window the open chapter is in sight.
    const current = document.querySelector('#contents [aria-current]');
    const list = document.querySelector('#contents');
    if (current) list.scrollTop = current.offsetTop - list.clientHeight / 3;

    // What scrolls can be scrolled by keyboard, too.
    function reach() {
        for (const box of document.querySelectorAll('.scrolls'))
            if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
            else box.removeAttribute('tabindex');
    }
    addEventListener('resize', reach);
    document.fonts.ready.then(reach);
    reach();
})();
