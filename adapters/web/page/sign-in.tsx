// Where a one-time link leads: one button, so that nothing is used up by merely looking.
import { render } from 'preact';
import { useState } from 'preact/hooks';
import './chat.css';
import { readerLanguage, WORDS } from './words.js';

const language = readerLanguage(navigator.languages, 'en');
const words = WORDS[language].signIn;
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.title;

const token = location.hash.slice(1);
// Neither the history nor a shared screen keeps it.
history.replaceState(null, '', location.pathname);

type State = 'ready' | 'busy' | 'over' | 'no-https' | 'too-fast' | 'offline';

function SignIn() {
  const [state, setState] = useState<State>(token === '' ? 'over' : 'ready');
  const signIn = async () => {
    setState('busy');
    try {
      const { ok, status } = await fetch('/sign-in', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token }),
      });
      if (ok) return location.replace('/');
      setState(status === 429 ? 'too-fast' : status === 403 ? 'no-https' : status >= 500 ? 'offline' : 'over');
    } catch {
      setState('offline');
    }
  };
  const canTry = state !== 'over' && state !== 'no-https';
  return (
    <main class="door">
      <h1>{words.title}</h1>
      <p>{words.about}</p>
      {canTry && (
        <button type="button" disabled={state === 'busy'} onClick={() => void signIn()}>
          {words.button}
        </button>
      )}
      <p role="status" class={canTry ? undefined : 'trouble'}>
        {state !== 'ready' && words.states[state]}
      </p>
      <p>
        <a href="/">{words.toChat}</a>
      </p>
    </main>
  );
}

const root = document.getElementById('sign-in');
if (root) render(<SignIn />, root);
