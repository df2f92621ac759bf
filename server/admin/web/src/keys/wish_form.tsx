// What to look for: the database, a pattern, a type.
import { useEffect, useState } from 'preact/hooks';
import { itemsOf, textOf } from '../wire/resp';
import type { Session } from '../wire/session';
import type { Wish } from './scan';

const types = ['string', 'list', 'hash', 'set', 'zset', 'stream'];
const usualDatabases = 16;

interface Props {
    session: Session;
    wish: Wish;
    wished: (wish: Wish) => void;
}

// As many as the server says, if it lets us ask.
function useDatabases(session: Session): number {
    const [databases, setDatabases] = useState(usualDatabases);
    useEffect(() => {
        session.ask('CONFIG', 'GET', 'databases').then(
            (reply) => setDatabases(Number(textOf(itemsOf(reply)[1])) || usualDatabases),
            () => undefined,
        );
    }, [session]);
    return databases;
}

export function WishForm({ session, wish, wished }: Props) {
    const databases = useDatabases(session);
    const [match, setMatch] = useState(wish.match);
    const submit = (event: Event) => {
        event.preventDefault();
        wished({ ...wish, match });
    };
    return (
        <form class="row" onSubmit={submit}>
            <label>
                Database
                <select value={String(wish.database)} onChange={(event) =>
                    wished({ ...wish, match, database: Number(event.currentTarget.value) })}>
                    {[...Array(databases).keys()].map((n) => <option key={n}>{n}</option>)}
                </select>
            </label>
            <label>
                Match
                <input type="search" value={match} placeholder="user:*"
                    onInput={(event) => setMatch(event.currentTarget.value)} />
            </label>
            <label>
                Type
                <select value={wish.type} onChange={(event) =>
                    wished({ ...wish, match, type: event.currentTarget.value })}>
                    <option value="">all</option>
                    {types.map((type) => <option key={type}>{type}</option>)}
                </select>
            </label>
            <button class="main">Scan</button>
        </form>
    );
}
