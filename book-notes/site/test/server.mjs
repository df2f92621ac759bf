// A server of files under a policy as strict as pages can stand.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    + "img-src 'self' data:; connect-src 'none'; base-uri 'none'; form-action 'none'";
const types = {
    '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript',
    '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2',
};

export async function serve(folder) {
    const server = createServer(async (request, response) => {
        const { pathname } = new URL(request.url, 'http://site');
        try {
            const body = await readFile(path.join(folder, decodeURIComponent(pathname)));
            response.writeHead(200, {
                'Content-Type': types[path.extname(pathname)], 'Content-Security-Policy': policy,
            });
            response.end(body);
        } catch {
            response.writeHead(404).end();
        }
    });
    await new Promise((done) => {
        server.listen(0, '127.0.0.1', done);
    });
    const { port } = server.address();
    const close = () => {
        server.close();
        server.closeAllConnections();
    };
    return { address: `http://127.0.0.1:${port}`, close };
}
