// Slack as a platform. Slack's SDK is loaded by `connect`.
import type { AdapterModule, Outgoing } from '../../src/adapter.js';
import { SlackAdapter, type SlackSettings } from './adapter.js';
import { examine } from './examine.js';
import { format, type SlackWire } from './format.js';
import { readable } from './mrkdwn.js';

const SLACK_API = 'https://slack.com/api/';

/** A token of another kind in this place is the commonest slip. */
function startsWith(prefix: string, where: string) {
  return (value: string) => {
    if (!value.startsWith(prefix))
      throw new Error(`does not start with ${prefix}: copy it from ${where} in your app's settings at api.slack.com/apps.`);
    return value;
  };
}

/** By whose clock would a preview be? The event's own time stands above. */
function withoutClock(text: string): string {
  return text.replace(/^.*<!date\^.*\n?/gm, '');
}

/** The answer to a code is one and the same message for everybody who asks: it is made for Slack once. */
function once<Wire>(make: (message: Outgoing) => Wire): (message: Outgoing) => Wire {
  const made = new WeakMap<Outgoing, Wire>();
  return (message) => {
    const wire = made.get(message) ?? make(message);
    // Only what cannot change any more.
    if (Object.isFrozen(message)) made.set(message, wire);
    return wire;
  };
}

const adapter: AdapterModule<SlackSettings> = {
  name: 'slack',
  settings: {
    SLACK_BOT_TOKEN: {
      description: 'Bot User OAuth Token (xoxb-…): “OAuth & Permissions”, once the app is installed. See docs/slack.md.',
      secret: true,
      parse: startsWith('xoxb-', '“OAuth & Permissions” → Bot User OAuth Token'),
    },
    SLACK_APP_TOKEN: {
      description: 'App-level token (xapp-…) with connections:write: Socket Mode, for which no public address is needed.',
      secret: true,
      optional: true,
      parse: startsWith('xapp-', '“Basic Information” → App-Level Tokens'),
    },
    SLACK_SIGNING_SECRET: {
      description: 'Signing Secret (“Basic Information”): for events over HTTP at /hooks/slack, in place of Socket Mode.',
      secret: true,
      optional: true,
      parse: (value) => {
        if (/^x(?:oxb|app)-/.test(value))
          throw new Error('is a token: the Signing Secret stands under “Basic Information” → App Credentials.');
        return value;
      },
    },
    SLACK_WELCOME: {
      description:
        'Channels whose new members get a welcome by direct message: names without #, or ids, with commas between them (general,C012AB).',
      optional: true,
      parse: (value) =>
        value
          .split(',')
          .map((each) => each.trim())
          .filter(Boolean),
    },
    SLACK_API_URL: {
      description: 'Where Slack’s Web API is.',
      default: SLACK_API,
      parse: (value) => {
        if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) throw new Error(`is no address: write ${SLACK_API}`);
        return value.endsWith('/') ? value : `${value}/`;
      },
    },
  },
  mistake: ({ SLACK_APP_TOKEN, SLACK_SIGNING_SECRET }) =>
    SLACK_APP_TOKEN || SLACK_SIGNING_SECRET
      ? undefined
      : 'slack: SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (events over HTTP) is missing; docs/slack.md says where to find them.',
  format: once(format),
  preview: (wire) => readable(withoutClock((wire as SlackWire).text)),
  create: (settings, instance) => new SlackAdapter(settings, instance),
  examine,
};
export default adapter;
