// The console begins here.
import { render } from 'preact';
import { App } from './app';
import { carryNonce } from './nonce';
import { connect } from './wire/feed';
import './styles/console.css';

carryNonce();
render(<App />, document.getElementById('console')!);
void connect();
