// The frame of the page: the name, the views to choose from, whether the server is heard, the view.
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Keys } from './keys/keys';
import { Overview } from './overview/overview';
import { TokenForm } from './parts/token_form';
import { Playground } from './playground/playground';
import { ShutdownView } from './shutdown/shutdown_view';
import { StepsView } from './steps/steps_view';
import { useStore } from './store';
import { Tasks } from './tasks/tasks';
import { access } from './wire/access';
import { feed, watch, type Topic } from './wire/feed';

interface View {
    name: string;
    title: string;
    topics: Topic[];
    show: ComponentType;
}

const views: View[] = [
    { name: 'overview', title: 'Overview', topics: [], show: Overview },
    { name: 'tasks', title: 'Tasks', topics: ['tasks', 'clients'], show: Tasks },
    { name: 'shutdown', title: 'Shutdown', topics: ['clients'], show: ShutdownView },
    { name: 'keys', title: 'Keys', topics: [], show: Keys },
    { name: 'playground', title: 'Playground', topics: [], show: Playground },
    { name: 'steps', title: 'Steps', topics: [], show: StepsView },
];

const chosen = (): View => views.find(({ name }) => `#${name}` === location.hash) ?? views[0];

function Connection() {
    const { connected, at } = useStore(feed);
    const words = connected ? 'connected' : at ? 'not connected; trying again' : 'not connected';
    return (
        <p class={connected ? 'connection good' : 'connection bad'} role="status">
            {words}
        </p>
    );
}

function Navigation({ now }: { now: View }) {
    return (
        <nav aria-label="Views">
            <ul>
                {views.map(({ name, title }) => (
                    <li key={name}>
                        <a href={`#${name}`} aria-current={name === now.name ? 'page' : undefined}>
                            {title}
                        </a>
                    </li>
                ))}
            </ul>
        </nav>
    );
}

export function App() {
    const [view, setView] = useState(chosen);
    const { needed } = useStore(access);
    const main = useRef<HTMLElement>(null);
    useEffect(() => {
        // Who reads by ear or by keyboard is taken along to the new view.
        const moved = () => {
            setView(chosen());
            main.current?.focus();
        };
        addEventListener('hashchange', moved);
        return () => removeEventListener('hashchange', moved);
    }, []);
    useEffect(() => {
        document.title = `${view.title} – mini-redis`;
        watch(view.topics);
    }, [view]);
    return (
        <>
            <header>
                <p class="name">mini-redis</p>
                {!needed && <Navigation now={view} />}
                <Connection />
            </header>
            <main ref={main} tabIndex={-1}>
                {needed ? <TokenForm /> : <view.show key={view.name} />}
            </main>
        </>
    );
}
