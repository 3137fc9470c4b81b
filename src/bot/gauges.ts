import type { Gauge } from '../metrics.js';
import type { Open } from '../store/port.js';
import type { Platform } from './platforms.js';

export interface GaugeParts {
  open: readonly Open[];
  platforms: readonly Platform[];
  events: number;
  unrecorded: number;
  now: number;
}

/** What /metrics reads when it is asked. */
export function gauges({ open, platforms, events, unrecorded, now }: GaugeParts): Gauge[] {
  const state = ['adapter', 'state'];
  const labelled = (value: (each: Open) => number) =>
    open.map((each) => ({ labels: { adapter: each.instance, state: each.state }, value: value(each) }));
  const online = platforms.map(({ instance, state: { is } }) => ({ labels: { adapter: instance }, value: is === 'online' ? 1 : 0 }));
  const single = (value: number) => [{ labels: {}, value }];
  return [
    { name: 'emcee_deliveries_open', help: 'Deliveries that are not final.', labels: state, values: labelled(({ count }) => count) },
    {
      name: 'emcee_oldest_delivery_age_seconds',
      help: 'How long the oldest of them has been due.',
      labels: state,
      values: labelled(({ oldest }) => Math.max(0, now - oldest) / 1000),
    },
    { name: 'emcee_adapter_online', help: '1 while the platform is connected.', labels: ['adapter'], values: online },
    { name: 'emcee_events', help: 'Events in the content folder.', labels: [], values: single(events) },
    {
      name: 'emcee_answers_unrecorded',
      help: 'Answers that left although the store did not take them.',
      labels: [],
      values: single(unrecorded),
    },
  ];
}
