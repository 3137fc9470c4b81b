// Who wants to be reminded of an event: by its id, or by its city. Pure.
import { cityOf } from '../answer/cities.js';
import type { Channel } from '../content/catalog.js';
import type { Subscription } from '../store/port.js';
import type { Subject } from './plan.js';

/** Each address is a channel of its own, called by its address. */
export function subscribersOf(subscriptions: readonly Subscription[]): (subject: Subject) => readonly Channel[] {
  const byTopic = new Map<string, Channel[]>();
  for (const { address, topic, language } of subscriptions) {
    const channel = { name: address, address, tags: [], ...(language && { language }) };
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), channel]);
  }
  return ({ id, event }) => {
    if (byTopic.size === 0) return [];
    const city = cityOf(event);
    const found = [...(byTopic.get(`event:${id}`) ?? []), ...(city ? (byTopic.get(`city:${city.key}`) ?? []) : [])];
    return [...new Map(found.map((channel) => [channel.address, channel])).values()];
  };
}
