// The page of all events, made whole on the server: it works without scripts, and search engines can read it.
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { oneLine } from '../answer/view.js';
import type { Catalog, Community } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { PHRASES } from '../phrases/index.js';
import { EventArticle, type Reader } from './event-article.js';
import { type EventList, listEvents } from './event-list.js';
import { Filters, Pager } from './events-navigation.js';

interface View {
  catalog: Catalog;
  community: Community;
  now: number;
  /** The reader's. */
  language: Language;
  query: URLSearchParams;
  /** The address of events.css. */
  stylesheet: string;
  /** The web chat is at `/`. */
  chat: boolean;
}

/** Makes the page that `query` asks for (`city`, `year`, `page`); 404 when there is none such. Never throws. */
export function eventsPage(view: View): { status: number; html: string } {
  const reader: Reader = { ...view, say: PHRASES[view.language] };
  const { site } = reader.say;
  const list = listEvents(view.catalog, view.query, view.now);
  const found = typeof list !== 'string';
  const heading = found ? site.heading(list.city?.[view.language], list.year) : site.heading(undefined, undefined);
  const html = renderToString(
    <Whole view={view} title={found && list.page > 1 ? `${heading} · ${site.pageOf(list.page, list.pages)}` : heading}>
      <h1>{heading}</h1>
      {found ? (
        <>
          <Filters list={list} reader={reader} />
          <Sections list={list} reader={reader} />
          <Pager list={list} reader={reader} />
        </>
      ) : (
        <Nothing sentence={site.unknown[list]} all={site.allEvents} />
      )}
    </Whole>,
  );
  return { status: found ? 200 : 404, html: `<!doctype html>\n${html}\n` };
}

function Whole({ view, title, children }: { view: View; title: string; children: ComponentChildren }) {
  const { site } = PHRASES[view.language];
  const name = oneLine(view.community.name);
  return (
    <html lang={view.language === 'zh' ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} – ${name}`}</title>
        <link rel="stylesheet" href={view.stylesheet} />
      </head>
      <body>
        <a class="skip" href="#events">
          {site.skip}
        </a>
        <header>
          <p class="name">{name}</p>
          {view.chat && (
            <a class="button" href="/">
              {site.chat}
            </a>
          )}
        </header>
        <main id="events" tabIndex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
}

function Sections({ list, reader }: { list: EventList; reader: Reader }) {
  const { site } = reader.say;
  if (list.sections.length === 0)
    return list.city || list.year ? <Nothing sentence={site.noneForFilter} all={site.allEvents} /> : <Nothing sentence={site.noEvents} />;
  return list.sections.map(({ name, events }) => (
    <section aria-labelledby={name}>
      <h2 id={name}>{site[name]}</h2>
      {events.map((event) => (
        <EventArticle event={event} reader={reader} />
      ))}
    </section>
  ));
}

function Nothing({ sentence, all }: { sentence: string; all?: string }) {
  return (
    <div class="nothing">
      <p>{sentence}</p>
      {all && (
        <a class="button" href="/events">
          {all}
        </a>
      )}
    </div>
  );
}
