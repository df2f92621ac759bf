// Keys: what the server keeps, to be looked through; and changed, once that is allowed.
import { useMemo, useState } from 'preact/hooks';
import { PasswordForm, wantsPassword } from '../parts/password_form';
import { useSession } from '../parts/use_session';
import { identity } from '../wire/bytes';
import type { Session } from '../wire/session';
import { several, size, whole } from '../words';
import { Changes } from './changes';
import type { Key, Wish } from './scan';
import { biggest, treeOf } from './tree';
import { BranchView, KeyButton, ttlWords } from './tree_view';
import { useScan, type Scanning } from './use_scan';
import { ValueView } from './value_view';
import { WishForm } from './wish_form';

const everything: Wish = { database: 0, match: '', type: '' };
const bigShown = 20;

function Progress({ scanning }: { scanning: Scanning }) {
    const { scan, all, busy, words, more } = scanning;
    const found = scan?.keys.size ?? 0;
    return (
        <div class="row">
            <p id="scan-state" role="status">
                {busy ? 'Scanning… ' : ''}
                {several(found, 'key')} found, of {whole(all)} in the database
                {scan?.done ? '; that is all.' : '.'}
            </p>
            {words && <p class="error" role="alert">{words}</p>}
            {scan && !scan.done && !busy && <button onClick={more}>Scan for more</button>}
        </div>
    );
}

interface FoundProps {
    scanning: Scanning;
    chosen?: Key;
    choose: (key: Key) => void;
}

function Found({ scanning: { scan, version }, chosen, choose }: FoundProps) {
    const [big, setBig] = useState(false);
    const tree = useMemo(() => treeOf(scan?.keys.values() ?? []), [scan, version]);
    const largest = useMemo(() => biggest(scan?.keys.values() ?? [], bigShown), [scan, version]);
    return (
        <section class="card">
            <h2>Found</h2>
            <fieldset class="choice">
                <legend>Shown</legend>
                <label>
                    <input type="radio" name="shown" checked={!big}
                        onChange={() => setBig(false)} />
                    by name
                </label>
                <label>
                    <input type="radio" name="shown" checked={big}
                        onChange={() => setBig(true)} />
                    the biggest
                </label>
            </fieldset>
            {!big && <BranchView branch={tree} chosen={chosen?.id} choose={choose} />}
            {big && (
                <ol class="tree">
                    {largest.map((item) => (
                        <li key={item.id}>
                            <KeyButton item={item} chosen={chosen?.id} choose={choose} />
                        </li>
                    ))}
                </ol>
            )}
        </section>
    );
}

interface ChosenProps {
    session: Session;
    item: Key;
    allowed: boolean;
    changed: (name: Uint8Array) => void;
}

function Chosen({ session, item, allowed, changed }: ChosenProps) {
    return (
        <section class="card" aria-labelledby="chosen">
            <h2 id="chosen" class="key-name">{item.label || '(empty name)'}</h2>
            <p class="quiet">
                {item.type} · {item.encoding} · {size(item.bytes)} · {ttlWords(item.ttl)}
            </p>
            <ValueView session={session} item={item} />
            {allowed && <Changes session={session} item={item} changed={changed} />}
        </section>
    );
}

export function Keys() {
    const { session, words, again, withPassword } = useSession();
    const [wish, setWish] = useState(everything);
    const [chosen, setChosen] = useState<string>();
    const [allowed, setAllowed] = useState(false);
    const scanning = useScan(session, wish);
    const item = chosen === undefined ? undefined : scanning.scan?.keys.get(chosen);
    const refused = [words, scanning.words].find(wantsPassword);
    const changed = async (name: Uint8Array) => {
        const before = item;
        await scanning.again(name);
        if (before && before.id !== identity(name)) await scanning.again(before.name);
        setChosen(identity(name));
    };
    return (
        <>
            <h1>Keys</h1>
            {refused && <PasswordForm words={refused} given={withPassword} />}
            {!refused && words && (
                <div class="row">
                    <p class="error" role="alert">{words}</p>
                    <button onClick={again}>Open a session again</button>
                </div>
            )}
            {session && !refused && (
                <>
                    <section class="card" aria-label="What to look for">
                        <WishForm session={session} wish={wish} wished={setWish} />
                        <Progress scanning={scanning} />
                        <label class="switch">
                            <input type="checkbox" checked={allowed}
                                onChange={(event) => setAllowed(event.currentTarget.checked)} />
                            allow changes
                        </label>
                    </section>
                    <div class="sides">
                        <Found scanning={scanning} chosen={item}
                            choose={(key) => setChosen(key.id)} />
                        {item && (
                            <Chosen session={session} item={item} allowed={allowed}
                                changed={changed} />
                        )}
                    </div>
                </>
            )}
        </>
    );
}
