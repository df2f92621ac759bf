// The console's page that steps through one request, as the console's own build made it in a
// folder. It carries its styles in itself; the site's pages are read where that is refused.
import { readFileSync } from 'node:fs';
import path from 'node:path';

export function stepsFiles(folder) {
    const read = (file) => readFileSync(path.join(folder, file), 'utf8');
    const page = read('steps.html');
    const [element, styles] = /<style>([\s\S]*?)<\/style>/.exec(page);
    const links = '<link rel="icon" href="../look/icon.svg">\n'
        + '<link rel="stylesheet" href="steps.css">';
    return [
        ['steps.html', page.replace(element, links)],
        ['steps.css', styles],
        ['steps.js', read('steps.js')],
    ];
}
