// How the page reaches the server: with the token, if the server wants one.
//
// The token lives as long as the tab: it is kept in sessionStorage and nowhere else.
import { Store } from '../store';
import { toBytes } from './bytes';

const place = 'mini-redis token';

export interface Access {
    needed: boolean;  // the server has refused what we have brought
    refused: boolean;  // and it was a token
}

export const access = new Store<Access>({ needed: false, refused: false });

export class Unauthorised extends Error {}

const token = (): string => sessionStorage.getItem(place) ?? '';

export function bringToken(text: string): void {
    sessionStorage.setItem(place, text);
    access.set({ needed: false, refused: false });
}

export async function ask<T>(path: string): Promise<T> {
    const headers: Record<string, string> = token() ? { Authorization: `Bearer ${token()}` } : {};
    const response = await fetch(path, { headers, cache: 'no-store' });
    if (response.status === 401) {
        access.set({ needed: true, refused: token() !== '' });
        throw new Unauthorised('the server wants a token');
    }
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return (await response.json()) as T;
}

function base64url(text: string): string {
    const letters = btoa(String.fromCharCode(...toBytes(text)));
    return letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

// A browser cannot give a WebSocket a header; so the token goes as one of the protocols.
export function socket(path: string): WebSocket {
    const protocols = ['mini-redis'];
    if (token()) protocols.push(`token.${base64url(token())}`);
    const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`;
    const opened = new WebSocket(address, protocols);
    opened.binaryType = 'arraybuffer';
    return opened;
}
