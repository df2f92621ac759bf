// The view Steps as a page of its own, with the recording inside.
import { render } from 'preact';
import recording from 'inlined-steps';
import { Player } from './steps/player';
import './styles/steps_page.css';

render(<Player recording={recording} />, document.getElementById('steps')!);
