// The web chat: emcee's own page as a platform. A visitor's question is answered in its response, posts go to every open page.
import {
  type Adapter,
  type AdapterModule,
  type Address,
  type Capabilities,
  type Host,
  type Outgoing,
  plainText,
  type Receipt,
  type Route,
  type RouteRequest,
  type RouteResponse,
  SendError,
  type SendOptions,
  type Wire,
} from '../../src/adapter.js';
import { type Connected, chatRoutes } from './api.js';
import { format } from './format.js';
import { EVERYBODY, Mailboxes } from './mailboxes.js';
import { builtFile, chatPage } from './pages.js';
import { scanRoute } from './scan.js';
import { sessionOf, signInRoutes } from './sign-in.js';
import { Streams } from './streams.js';
import { visitorOf } from './visitors.js';

const CAPABILITIES: Capabilities = { proactive: 'always', rooms: false, choices: true, limits: [], gapMs: [0, 0] };

interface Settings extends Record<string, unknown> {
  /** Origins of sites that show the chat. */
  WEB_EMBED_ORIGINS?: string[];
}

class WebAdapter implements Adapter {
  readonly routes: readonly Route[];
  readonly #instance: string;
  readonly #streams = new Streams();
  #connected: Connected | undefined;

  constructor(instance: string, framedBy: readonly string[]) {
    this.#instance = instance;
    this.routes = [
      { method: 'GET', path: '/', handle: (request) => this.#page(request, false) },
      ...(framedBy.length === 0 ? [] : this.#forOtherSites(framedBy)),
      ...signInRoutes(() => this.#connected?.host.organizers),
      scanRoute(() => this.#connected?.host.organizers),
      ...chatRoutes({ instance, connected: () => this.#connected, streams: this.#streams }),
    ];
  }

  async connect(host: Host): Promise<void> {
    this.#connected = { host, mailboxes: await Mailboxes.open(host.sessions) };
    host.report({ is: 'online' });
  }

  async close(): Promise<void> {
    this.#connected = undefined;
    this.#streams.close();
  }

  capabilities(): Capabilities {
    return CAPABILITIES;
  }

  async send(to: Address, wire: Wire, { deliveryId }: SendOptions = {}): Promise<Receipt> {
    const box = this.#boxOf(to);
    if (!box) throw new SendError('unknown-target', `the web chat has no ${to}`, { maybeSent: false });
    const mailboxes = this.#connected?.mailboxes;
    if (!mailboxes) throw new SendError('unreachable', 'the web chat is not connected', { maybeSent: false });
    try {
      const post = await mailboxes.add(box, wire as Outgoing, deliveryId, Date.now());
      this.#streams.tell(box, post);
      return { platformId: `${box}:${post.first ?? post.seq}`, state: 'accepted', at: new Date(post.at) };
    } catch (error) {
      throw new SendError('unreachable', 'the message could not be kept', { maybeSent: true, cause: error });
    }
  }

  async edit(to: Address, platformId: string, wire: Wire): Promise<void> {
    const box = this.#boxOf(to);
    const first = Number(platformId.slice(platformId.lastIndexOf(':') + 1));
    const post = box && (await this.#connected?.mailboxes.change(box, first, wire as Outgoing, Date.now()));
    if (!box || !post) throw new SendError('unknown-target', 'that message is not there any more', { maybeSent: false });
    this.#streams.tell(box, post);
  }

  async seen(to: Address, deliveryId: string): Promise<{ state: 'sent'; platformId: string } | { state: 'cannot-tell' | 'absent' }> {
    const box = this.#boxOf(to);
    if (!box || !this.#connected) return { state: 'cannot-tell' };
    const post = await this.#connected.mailboxes.find(box, deliveryId);
    return post ? { state: 'sent', platformId: `${box}:${post.first ?? post.seq}` } : { state: 'absent' };
  }

  /** `web:audience:all` is every visitor, `web:person:…` one. */
  #boxOf(to: Address): string | undefined {
    const [instance, kind, id = ''] = to.split(':');
    if (instance !== this.#instance) return undefined;
    if (kind === 'audience') return id === EVERYBODY ? EVERYBODY : undefined;
    return kind === 'person' && /^[\w-]{22}$/.test(id) ? id : undefined;
  }

  #forOtherSites(framedBy: readonly string[]): Route[] {
    const script = async (): Promise<RouteResponse> => ({
      status: 200,
      headers: {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Cache-Control': 'no-cache',
      },
      body: builtFile('embed.js'),
    });
    return [
      { method: 'GET', path: '/embed', framedBy, handle: (request) => this.#page(request, true) },
      { method: 'GET', path: '/embed.js', handle: script },
    ];
  }

  async #page(request: RouteRequest, framed: boolean): Promise<RouteResponse> {
    if (!this.#connected)
      return { status: 503, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '2' }, body: 'emcee is starting\n' };
    const { cookie } = visitorOf(request, framed);
    const headers = { 'Content-Type': 'text/html; charset=utf-8', ...(cookie && { 'Set-Cookie': cookie }) };
    const { host } = this.#connected;
    const session = framed ? undefined : sessionOf(request);
    // Without the store the page still comes; its first answer tells.
    const organizer = session === undefined ? undefined : await host.organizers?.signedIn(session).catch(() => undefined);
    return { status: 200, headers, body: chatPage(host.about(), framed, organizer?.name) };
  }
}

function origin(written: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || !/^(?:[a-z\d.-]+|\[[a-f\d:]+\])$/.test(url.hostname))
    throw new Error('names no site: write origins such as https://community.example, with commas between them.');
  return url.origin;
}

const adapter: AdapterModule<Settings> = {
  name: 'web',
  settings: {
    WEB_CHAT: {
      description: 'The chat page at /: on or off.',
      default: 'on',
      parse: (value) => {
        if (value !== 'on' && value !== 'off') throw new Error('is neither on nor off.');
        return value;
      },
    },
    WEB_EMBED_ORIGINS: {
      description: 'Sites that may show the chat with <script src="…/embed.js">: origins with commas between them; they need https.',
      optional: true,
      parse: (value) => value.split(',').map((each) => origin(each.trim())),
    },
  },
  enabled: (settings) => settings.WEB_CHAT === 'on',
  passive: true,
  senders: 'visitor',
  format,
  preview: (wire) => plainText(wire as Outgoing),
  create: (settings, instance) => new WebAdapter(instance, settings.WEB_EMBED_ORIGINS ?? []),
};
export default adapter;
