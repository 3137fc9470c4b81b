// One event on the page of all events.
import { phaseOf, spanOf } from '../answer/time.js';
import { distinct, linkTo, oneLine, openRooms, placeText, titleOf, type Viewer, whenText } from '../answer/view.js';
import type { Catalog, CommunityEvent } from '../content/catalog.js';
import type { Talk } from '../content/types.js';
import { EventSlides } from './event-slides.js';
import { Outside } from './outside-link.js';

export interface Reader extends Viewer {
  catalog: Catalog;
  /** The web chat is at `/`. */
  chat: boolean;
}

export function EventArticle({ event, reader }: { event: CommunityEvent; reader: Reader }) {
  const { say } = reader;
  const id = idOf(event);
  const over = phaseOf(event, reader.now) === 'past';
  const cancelled = event.status === 'cancelled';
  const mark = cancelled ? say.cancelledMark : phaseOf(event, reader.now) === 'now' ? say.ongoing : '';
  const [page] = linkTo(titleOf(event, reader), event.url);
  const when = oneLine(whenText(event, reader, !over));
  const place = placeText(event, say);
  return (
    <article id={id} aria-labelledby={`${id}-title`} class={cancelled ? 'cancelled' : undefined}>
      <h3 id={`${id}-title`}>
        <span lang={foreign(event, reader)}>{page ? <Outside {...page} /> : titleOf(event, reader)}</span>
        {mark && <span class="mark">{mark}</span>}
      </h3>
      {event.status !== 'scheduled' && <p class="status">{say.status[event.status]}</p>}
      {when && (
        <p>
          {say.when}
          <time dateTime={instant(event)}>{when}</time>
        </p>
      )}
      {place && (
        <p>
          {say.where}
          {place}
        </p>
      )}
      <Talks talks={event.talks} reader={reader} />
      <Actions event={event} open={!over && !cancelled} reader={reader} />
      <EventSlides event={event} reader={reader} />
    </article>
  );
}

function Talks({ talks, reader: { say } }: { talks: readonly Talk[]; reader: Reader }) {
  if (talks.length === 0) return null;
  return (
    <ul class="talks" aria-label={say.site.talks}>
      {talks.map((talk) => {
        const speakers = talk.speakers.map(({ name, affiliation }) => (affiliation ? say.site.speaker(name, affiliation) : name));
        const [video] = linkTo(say.video, talk.video);
        return (
          <li>
            {oneLine(say.talk(talk.title, speakers))} {video && <Outside {...video} />}
          </li>
        );
      })}
    </ul>
  );
}

function Actions({ event, open, reader: { say } }: { event: CommunityEvent; open: boolean; reader: Reader }) {
  const links = distinct([
    ...(open ? linkTo(say.register, event.register) : []),
    ...(open ? openRooms(event).flatMap((url) => linkTo(say.live, url)) : []),
    ...event.videos.flatMap((url, at) => linkTo(event.videos.length === 1 ? say.video : say.videoNumber(at + 1), url)),
  ]);
  if (links.length === 0) return null;
  return (
    <ul class="actions" aria-label={say.site.recordings}>
      {links.map((link) => (
        <li>
          <Outside {...link} button />
        </li>
      ))}
    </ul>
  );
}

/** The title's language where it is not the reader's, so that it is read out rightly. */
function foreign(event: CommunityEvent, { language }: Reader): string | undefined {
  return event.language === language || event.titles[language] !== undefined ? undefined : event.language;
}

function instant(event: CommunityEvent): string | undefined {
  const span = spanOf(event);
  if (!span || event.start === null) return undefined;
  return event.start.length > 10 ? new Date(span.startAt).toISOString() : event.start;
}

/** Any id as a fragment: what could end an address or a word is spelled by its number. */
function idOf({ id }: CommunityEvent): string {
  return `e-${id.replace(/[^\p{L}\p{N}.~/-]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16)}`)}`;
}
