// Asks for the admin-token.
import { useState } from 'preact/hooks';
import { useStore } from '../store';
import { access, bringToken } from '../wire/access';

export function TokenForm() {
    const { refused } = useStore(access);
    const [token, setToken] = useState('');
    const submit = (event: Event) => {
        event.preventDefault();
        bringToken(token);
    };
    return (
        <section class="card narrow">
            <h1>Token</h1>
            <p>This server shows itself only to those who know its admin-token.</p>
            <form class="row" onSubmit={submit}>
                <label>
                    Token
                    <input type="password" autocomplete="off" value={token} required
                        onInput={(event) => setToken(event.currentTarget.value)} />
                </label>
                <button class="main">Show the server</button>
            </form>
            {refused && <p class="error" role="alert">The server has refused this token.</p>}
            <p class="quiet">It is kept until this tab is closed.</p>
        </section>
    );
}
