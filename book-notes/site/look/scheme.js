// Before anything is painted: the scheme that was chosen here, if one was.
(function () {
    try {
        const chosen = localStorage.getItem('book-scheme');
        if (chosen) document.documentElement.dataset.scheme = chosen;
    } catch {
        // A browser that remembers nothing shows what the system wants.
    }
})();
