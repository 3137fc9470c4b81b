// Where one can go from a page of events: other cities and years, the pages before and after. Plain links.
import type { Reader } from './event-article.js';
import type { EventList } from './event-list.js';

type Chosen = Pick<EventList, 'city' | 'year'>;

export function Filters({ list, reader: { say, language } }: { list: EventList; reader: Reader }) {
  const { city, year } = list;
  const cities = list.cities.map((each) => ({ text: each.city[language], count: each.count, chosen: { city: each.city, year } }));
  const years = list.years.map((each) => ({ text: each.year, count: each.count, chosen: { city, year: each.year } }));
  const any = (chosen: Chosen) => ({ text: say.site.any, count: undefined, chosen });
  const rows = [
    { id: 'by-city', label: say.site.byCity, options: cities, all: any({ city: undefined, year }) },
    { id: 'by-year', label: say.site.byYear, options: years, all: any({ city, year: undefined }) },
  ];
  return rows.map(({ id, label, options, all }) =>
    options.length === 0 ? null : (
      <nav class="filter" aria-labelledby={id}>
        <span id={id}>{label}</span>
        <ul>
          {[all, ...options].map(({ text, count, chosen }) => (
            <li>
              <a class="button" href={address(chosen)} aria-current={chosen.city === city && chosen.year === year ? 'true' : undefined}>
                {text}
                {count !== undefined && <small> {count}</small>}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    ),
  );
}

export function Pager({ list, reader }: { list: EventList; reader: Reader }) {
  const { page, pages } = list;
  const { site } = reader.say;
  if (pages === 1) return null;
  return (
    <nav class="pager" aria-label={site.pages}>
      {page > 1 && (
        <a class="button" rel="prev" href={address(list, page - 1)}>
          {site.previous}
        </a>
      )}
      <span>{site.pageOf(page, pages)}</span>
      {page < pages && (
        <a class="button" rel="next" href={address(list, page + 1)}>
          {site.next}
        </a>
      )}
    </nav>
  );
}

function address({ city, year }: Chosen, page = 1): string {
  const query = new URLSearchParams({ ...(city && { city: city.key }), ...(year && { year }), ...(page > 1 && { page: String(page) }) });
  return query.size === 0 ? '/events' : `/events?${query}`;
}
