// How a message looks: small Markdown, a card, links as buttons, choices. Text is only ever text: nothing here sets HTML.
import { useState } from 'preact/hooks';
import {
  type Card,
  type Choice,
  type Inline,
  type Link,
  type MarkdownLine,
  misleads,
  parseMarkdown,
  safeUrl,
} from '../../../src/adapter.js';
import type { Words } from './words.js';

export function Markdown({ text }: { text: string }) {
  return (
    <>
      {blocks(parseMarkdown(text)).map((block, index) => (
        <Block key={index} lines={block} />
      ))}
    </>
  );
}

/** Lines that belong together: a run of items is one list. */
function blocks(lines: readonly MarkdownLine[]): MarkdownLine[][] {
  const found: MarkdownLine[][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    const before = last?.[0];
    if (last && line.is === 'item' && before?.is === 'item' && (before.number === undefined) === (line.number === undefined))
      last.push(line);
    else if (line.is === 'item' || line.content.length > 0) found.push([line]);
  }
  return found;
}

function Block({ lines }: { lines: MarkdownLine[] }) {
  const [first] = lines;
  if (first?.is !== 'item')
    return (
      <p>
        {first?.content.map((part, index) => (
          <Span key={index} part={part} />
        ))}
      </p>
    );
  const items = lines.map((line, index) => (
    <li key={index}>
      {line.content.map((part, at) => (
        <Span key={at} part={part} />
      ))}
    </li>
  ));
  return first.number === undefined ? <ul>{items}</ul> : <ol start={first.number}>{items}</ol>;
}

function Span({ part }: { part: Inline }) {
  if (part.is === 'bold') return <strong>{part.text}</strong>;
  if (part.is === 'code') return <code>{part.text}</code>;
  const url = part.is === 'link' ? safeUrl(part.url) : undefined;
  if (!url) return <>{part.text}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {misleads(part.text, url) ? url : part.text}
    </a>
  );
}

export function CardView({ card, words }: { card: Card; words: Words }) {
  return (
    <section class="card">
      <h2>{card.title}</h2>
      {card.lines?.map((line, index) => (
        <p key={index}>{line}</p>
      ))}
      {card.links.length > 0 && (
        <ul class="links">
          {card.links.map((link, index) => (
            <LinkItem key={index} link={link} words={words} />
          ))}
        </ul>
      )}
    </section>
  );
}

function LinkItem({ link, words }: { link: Link; words: Words }) {
  const url = safeUrl(link.url);
  if (!url) return <li>{link.label}</li>;
  return (
    <li>
      <div class="link">
        <a class="button" href={url} target="_blank" rel="noopener noreferrer">
          {misleads(link.label, url) ? url : link.label}
          <span class="unseen">{words.opensElsewhere}</span>
        </a>
        <CopyButton text={url} label={words.copyOf(link.label)} words={words} />
      </div>
      {link.password && (
        <p class="password">
          {words.password}: <code>{link.password}</code> <CopyButton text={link.password} label={words.copyPassword} words={words} />
        </p>
      )}
      {link.note && <p class="note">{link.note}</p>}
    </li>
  );
}

function CopyButton({ text, label, words }: { text: string; label: string; words: Words }) {
  const [said, setSaid] = useState<string>();
  const press = async () => {
    setSaid((await copy(text)) ? words.copied : words.cannotCopy);
    setTimeout(() => setSaid(undefined), 2_000);
  };
  return (
    <button type="button" class="copy" aria-label={label} onClick={() => void press()}>
      <span role="status">{said ?? words.copy}</span>
    </button>
  );
}

/** The clipboard is only there on https and localhost; the older way works elsewhere. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'unseen';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

interface ChoicesProps {
  choices: readonly Choice[];
  words: Words;
  say(text: string): void;
  /** The bot has asked for a number: typing it does the same. */
  numbered?: boolean;
}

export function Choices({ choices, words, say, numbered = false }: ChoicesProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; these are buttons that belong together.
    <div class="choices" role="group" aria-label={words.choices}>
      {choices.map((choice, index) => (
        <button type="button" key={index} onClick={() => say(choice.say)}>
          {numbered ? `${index + 1}. ` : ''}
          {choice.label}
        </button>
      ))}
    </div>
  );
}
