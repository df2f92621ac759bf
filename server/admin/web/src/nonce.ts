// Lets xterm.js add its styles though the page allows no others: it gives them the page's nonce.
//
// The server puts a fresh nonce into the page each time it serves it.

export function carryNonce(): void {
    const nonce = document.querySelector<HTMLMetaElement>('meta[name="nonce"]')?.content;
    if (!nonce) return;
    const create = document.createElement.bind(document);
    document.createElement = ((name: string, options?: ElementCreationOptions) => {
        const element = create(name, options);
        if (element instanceof HTMLStyleElement) element.nonce = nonce;
        return element;
    }) as typeof document.createElement;
}
