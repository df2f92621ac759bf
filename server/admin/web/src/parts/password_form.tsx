// Asks for what AUTH needs, beside the server's own words for why.
import { useState } from 'preact/hooks';

interface Props {
    words: string;
    given: (password: string) => void;
}

export const wantsPassword = (words: string): boolean => /^(NOAUTH|WRONGPASS)\b/.test(words);

export function PasswordForm({ words, given }: Props) {
    const [password, setPassword] = useState('');
    const submit = (event: Event) => {
        event.preventDefault();
        given(password);
    };
    return (
        <section class="card narrow">
            <p class="error" role="alert">{words}</p>
            <form class="row" onSubmit={submit}>
                <label>
                    Password
                    <input type="password" autocomplete="off" value={password} required
                        onInput={(event) => setPassword(event.currentTarget.value)} />
                </label>
                <button class="main">Authenticate</button>
            </form>
        </section>
    );
}
