import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Connection, News } from './news.js';
import { Outbox } from './outbox.js';
import { CardView, Choices, Markdown } from './parts.js';
import { type Entry, type Mine, Transcript } from './transcript.js';
import type { Language, Words } from './words.js';

export interface Settings {
  name: string;
  welcome: string;
  framed: boolean;
  /** Who has signed in; empty: nobody. */
  organizer: string;
  language: Language;
  words: Words;
}

/** As far from the end as this, a reader is looking at something else and is not moved. */
const NEAR_PX = 120;

export function App({ settings }: { settings: Settings }) {
  const { name, words, framed } = settings;
  const [transcript] = useState(() => new Transcript());
  const [, setCount] = useState(0);
  const [connection, setConnection] = useState<Connection>('connecting');
  const [tooFast, setTooFast] = useState(false);
  const [organizer, setOrganizer] = useState<string | null>(settings.organizer || null);
  const [isOver, setIsOver] = useState(false);
  const isOrganizer = (name: string | null) => {
    setOrganizer(name);
    setIsOver(name === null);
  };
  const [outbox] = useState(
    () =>
      new Outbox(transcript, { language: settings.language, framed, isOrganizer }, (trouble) => {
        setTooFast(trouble === 'too-fast');
        if (trouble === 'offline') setConnection('offline');
      }),
  );
  useEffect(() => {
    const leave = transcript.onChange(() => setCount((count) => count + 1));
    new News(transcript, (now) => {
      setConnection(now);
      if (now !== 'offline') outbox.wake();
    });
    void outbox.run();
    return leave;
  }, [transcript, outbox]);

  const startOver = () => {
    if (!window.confirm(words.startOverAsk)) return;
    transcript.clear();
    void fetch('/api/chat/forget', { method: 'POST' }).catch(() => undefined);
  };
  const signOut = async () => {
    const ended = await fetch('/sign-out', { method: 'POST' }).catch(() => undefined);
    if (ended?.ok) setOrganizer(null);
    else setConnection('offline');
  };
  return (
    <>
      <header>
        <h1>{name}</h1>
        <p class={`connection ${connection}`} role="status">
          {words.connection[connection]}
        </p>
        <nav>
          <a href="/events" target={framed ? '_blank' : undefined} rel="noopener">
            {words.events}
          </a>
          <button type="button" onClick={startOver}>
            {words.startOver}
          </button>
        </nav>
        {(organizer !== null || isOver) && (
          <p class="organizer" role="status">
            {organizer === null ? words.sessionOver : words.organizer(organizer)}{' '}
            {organizer !== null && (
              <button type="button" onClick={() => void signOut()}>
                {words.signOut}
              </button>
            )}
          </p>
        )}
      </header>
      <Conversation settings={settings} entries={transcript.entries} outbox={outbox} />
      <Composer words={words} hint={tooFast ? words.tooFast : undefined} say={(text) => outbox.say(text)} />
    </>
  );
}

function Conversation({ settings, entries, outbox }: { settings: Settings; entries: readonly Entry[]; outbox: Outbox }) {
  const { words, welcome } = settings;
  const box = useRef<HTMLElement>(null);
  const wasNearEnd = useRef(true);
  const [below, setBelow] = useState(false);
  const last = entries.at(-1);
  const say = (text: string) => outbox.say(text);
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  /** A long answer is read from its beginning. */
  const toLast = () => {
    const newest = box.current?.querySelector<HTMLElement>('.log > :last-child');
    if (!box.current || !newest || newest.offsetHeight <= box.current.clientHeight) return toEnd();
    box.current.scrollTop += newest.getBoundingClientRect().top - box.current.getBoundingClientRect().top;
  };

  useLayoutEffect(() => {
    if (wasNearEnd.current || last?.from === 'me') toLast();
    else setBelow(true);
  }, [last?.id]);
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    wasNearEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (wasNearEnd.current) setBelow(false);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by the keyboard.
    <main ref={box} onScroll={onScroll} tabIndex={0} aria-label={words.log}>
      <div class="log" role="log" aria-live="polite" aria-label={words.log}>
        <div class="bot">
          <Markdown text={welcome} />
          <Choices choices={words.suggestions.map((each) => ({ label: each, say: each }))} words={words} say={say} />
        </div>
        {entries.map((entry) =>
          entry.from === 'me' ? (
            <Said key={entry.id} entry={entry} words={words} outbox={outbox} />
          ) : (
            <div key={entry.id} class="bot">
              <span class="unseen">{settings.name}: </span>
              <Markdown text={entry.message.text} />
              {entry.message.card && <CardView card={entry.message.card} words={words} />}
              {entry.message.choices && <Choices choices={entry.message.choices} words={words} say={say} numbered />}
            </div>
          ),
        )}
      </div>
      {below && (
        <button type="button" class="below" onClick={toEnd}>
          {words.newBelow} ↓
        </button>
      )}
    </main>
  );
}

const TROUBLE = { unsent: 'unsent', 'too-long': 'tooLong', refused: 'refused' } as const;

function Said({ entry, words, outbox }: { entry: Mine; words: Words; outbox: Outbox }) {
  const { state } = entry;
  return (
    <div class="me">
      <p>
        <span class="unseen">{words.you}: </span>
        {entry.text}
      </p>
      {state === 'waiting' && <small>{words.waiting}</small>}
      {state !== 'waiting' && state !== 'answered' && (
        <small class="trouble">
          {words[TROUBLE[state]]}{' '}
          {state === 'unsent' && (
            <button type="button" onClick={() => outbox.again(entry)}>
              {words.again}
            </button>
          )}
        </small>
      )}
    </div>
  );
}

/** A link to `/#say=20231104` puts the code in; sending stays with the visitor. */
const fromAddress = () => new URLSearchParams(location.hash.slice(1)).get('say') ?? '';

function Composer({ words, hint, say }: { words: Words; hint: string | undefined; say(text: string): void }) {
  const [text, setText] = useState(fromAddress);
  const input = useRef<HTMLInputElement>(null);
  // Before the page is shown: who types at once types into it.
  useLayoutEffect(() => {
    const onHash = () => setText(fromAddress());
    window.addEventListener('hashchange', onHash);
    // On a phone the keyboard would cover half of the page.
    if (window.matchMedia('(pointer: fine)').matches) input.current?.focus();
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim() === '') return;
    say(text);
    setText('');
  };
  return (
    <form class="composer" onSubmit={submit}>
      {hint && <p role="status">{hint}</p>}
      <div>
        <input
          ref={input}
          type="text"
          aria-label={words.input}
          placeholder={words.input}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          maxLength={1000}
          enterKeyHint="send"
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
        />
        <button type="submit">{words.send}</button>
      </div>
    </form>
  );
}
