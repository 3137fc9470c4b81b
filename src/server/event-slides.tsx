// The slides of one event on the page of all events.
import type { Link } from '../adapter.js';
import { Events } from '../answer/events.js';
import { phaseOf } from '../answer/time.js';
import { distinct, linkTo, oneLine } from '../answer/view.js';
import type { CommunityEvent } from '../content/catalog.js';
import { cleanText } from '../render/index.js';
import type { Reader } from './event-article.js';
import { Outside } from './outside-link.js';

/** The links where the community shows them, else how to get them. */
export function EventSlides({ event, reader }: { event: CommunityEvent; reader: Reader }) {
  const { say, catalog } = reader;
  const code = new Events(catalog).slidesCode(event);
  const links = reader.community.publicSlides ? slidesLinks(event, code, reader) : [];
  if (links.length > 0)
    return (
      <ul class="slides" aria-label={say.slides}>
        {links.map((link) => (
          <li>
            <Outside {...link} />
            {link.password && (
              <span>
                {' '}
                {say.site.password}
                <code>{oneLine(link.password)}</code>
              </span>
            )}
            {link.note && <small> {oneLine(link.note)}</small>}
          </li>
        ))}
      </ul>
    );
  // No talk was held, so no slides will come.
  if (code === undefined || event.status === 'cancelled') return null;
  const [before, after] = phaseOf(event, reader.now) === 'upcoming' ? say.site.sendLater : say.site.sendForSlides;
  const hint = (
    <>
      {before}
      <code>{oneLine(code)}</code>
      {after}
    </>
  );
  return (
    <p class="hint">
      {reader.chat ? (
        <a class="button" href={`/#say=${encodeURIComponent(cleanText(code))}`}>
          {hint}
        </a>
      ) : (
        hint
      )}
    </p>
  );
}

function slidesLinks(event: CommunityEvent, code: string | undefined, { say, catalog }: Reader): Link[] {
  const given = code === undefined ? [] : (catalog.codes.get(code)?.links ?? []);
  if (given.length > 0) return distinct(given.map((link) => ({ ...link, label: link.label || say.slides })));
  const own = event.slides.flatMap((url, at) => linkTo(event.slides.length > 1 ? `${say.slides} ${at + 1}` : say.slides, url));
  return distinct([...own, ...event.talks.flatMap((talk) => linkTo(say.slidesOf(talk.title), talk.slides))]);
}
