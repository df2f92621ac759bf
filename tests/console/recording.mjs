// A recording for the view Steps: short, and made up.
const request = '*3\\r\\n$3\\r\\nSET\\r\\n$1\\r\\na\\r\\n$1\\r\\nb\\r\\n';
const place = { task: 'client', file: 'server/net/connection.cpp' };

export const recording = {
    runs: [{
        title: 'A SET',
        request,
        steps: [
            {
                ...place, step: 1, line: 120, source: 'co_await readable(socket_);',
                waits_for: 'the socket is readable', received: '', sent: '',
                cancelled: { sent: '', applied: [], note: 'Nothing was heard.' },
            },
            {
                ...place, step: 2, line: 131, source: 'const auto got = read_some(socket_);',
                received: request, sent: '', note: 'The request is whole.',
            },
            {
                ...place, step: 3, line: 150, source: 'co_await write(socket_, replies);',
                waits_for: 'the socket is writable', received: request, sent: '+OK\\r\\n',
                cancelled: { sent: '+O', applied: ['SET a b'], note: 'Half of the reply.' },
            },
        ],
    }],
};
