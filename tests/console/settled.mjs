// When a view shows what it is there for.
export async function settled(visit, view) {
    await visit.says('.connection', /^connected/);
    const signs = {
        overview: ['[data-figure=requests] strong', /\d/],
        tasks: ['#task-count', /[1-9]\d* tasks/],
        shutdown: ['#shutdown-state', 'The server runs.'],
        keys: ['#scan-state', 'that is all.'],
        playground: ['.xterm-accessibility', '>'],
        steps: ['main', /parked at|recorded/],
    };
    await visit.says(...signs[view]);
}
