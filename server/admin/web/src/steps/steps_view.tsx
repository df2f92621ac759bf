// The view Steps: fetches the recording, or says that there is none.
import { useEffect, useState } from 'preact/hooks';
import type { Recording } from './format';
import { Player } from './player';

export function StepsView() {
    const [recording, setRecording] = useState<Recording>();
    const [words, setWords] = useState('');
    useEffect(() => {
        let current = true;
        const load = async () => {
            const response = await fetch('/steps.json');
            if (response.status === 404) throw new Error('This server has no recorded steps.');
            if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
            return (await response.json()) as Recording;
        };
        load().then(
            (loaded) => current && setRecording(loaded),
            (failure: Error) => current && setWords(failure.message),
        );
        return () => void (current = false);
    }, []);
    if (recording) return <Player recording={recording} />;
    return (
        <>
            <h1>Step through one request</h1>
            {words && <p class="notice" role="status">{words}</p>}
        </>
    );
}
