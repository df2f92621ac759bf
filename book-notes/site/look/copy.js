// The button that copies a block of code.
(function () {
    // Also where there is no clipboard to be asked: in a page that was opened from a folder.
    function copy(text) {
        if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
        const field = document.createElement('textarea');
        field.value = text;
        document.body.append(field);
        field.select();
        const done = document.execCommand('copy');
        field.remove();
        return done ? Promise.resolve() : Promise.reject(new Error('the browser refused'));
    }

    document.addEventListener('click', async ({ target }) => {
        if (!target.matches('.copy')) return;
        const code = target.parentElement.querySelector('code');
        try {
            await copy(code.textContent.replace(/\n$/, ''));
            target.textContent = 'Copied';
        } catch {
            target.textContent = 'Not copied';
        }
        target.focus();
        setTimeout(() => {
            target.textContent = 'Copy';
        }, 2000);
    });
})();
