// Writes the console: node build.mjs OUTDIR [--with-book]
// or the view Steps alone, as a page of its own: node build.mjs OUTDIR --steps FILE.json
//
// What comes out needs nothing else: no network, no fonts, no other files.
import { build } from 'esbuild';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const usage = 'usage: node build.mjs OUTDIR [--with-book | --steps FILE.json]';

const options = {
    absWorkingDir: here,
    bundle: true,
    charset: 'utf8',
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
    minify: true,
    target: ['es2022'],
};

async function writeConsole(out, withBook) {
    await build({
        ...options, entryPoints: { console: 'src/main.tsx' }, outdir: out,
        define: { BOOK: String(withBook) },
    });
    for (const file of ['index.html', 'favicon.svg', 'steps.json'])
        await copyFile(join(here, 'public', file), join(out, file));
}

// The page carries its styles and its steps: it is opened from a folder as well as from a server.
async function writeSteps(out, stepsFile) {
    const steps = JSON.parse(await readFile(stepsFile, 'utf8'));
    const inlined = {
        name: 'steps',
        setup(plugin) {
            plugin.onResolve({ filter: /^inlined-steps$/ }, ({ path }) => ({
                path, namespace: 'steps',
            }));
            plugin.onLoad({ filter: /.*/, namespace: 'steps' }, () => ({
                contents: JSON.stringify(steps), loader: 'json',
            }));
        },
    };
    const { outputFiles } = await build({
        ...options, entryPoints: { steps: 'src/steps_page.tsx' }, format: 'iife',
        outdir: out, plugins: [inlined], write: false,
    });
    const text = (end) => outputFiles.find(({ path }) => path.endsWith(end)).text;
    const page = await readFile(join(here, 'public', 'steps.html'), 'utf8');
    await writeFile(join(out, 'steps.js'), text('.js'));
    await writeFile(join(out, 'steps.html'), page.replace('/*STYLES*/', () => text('.css')));
}

const [out, option, file] = process.argv.slice(2);
const steps = option === '--steps' && file;
if (!out || (option && option !== '--with-book' && !steps)) {
    console.error(usage);
    process.exit(2);
}
await mkdir(out, { recursive: true });
await (steps ? writeSteps(out, file) : writeConsole(out, Boolean(option)));
