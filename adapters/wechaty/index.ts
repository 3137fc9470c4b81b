// Personal WeChat and its groups, over Wechaty and a puppet of the operator's choice. The SDK is loaded by `connect`.
import type { AdapterModule, Examined } from '../../src/adapter.js';
import { WechatyAdapter } from './adapter.js';
import { bindingOver } from './challenge.js';
import { format } from './format.js';
import { loginPicture } from './login.js';
import { idsLast, puppetOf } from './puppets.js';
import { loadSdk } from './sdk.js';
import { mistake, SETTINGS, type WechatySettings } from './settings.js';
import { UNSTABLE } from './words.js';

function unstableIds({ WECHATY_PUPPET: puppet, WECHATY_STABLE_IDS: stated = false }: WechatySettings) {
  if (idsLast(puppet, stated)) return undefined;
  return UNSTABLE[puppetOf(puppet).ids === 'change' ? 'change' : 'unknown'];
}

async function examine(settings: WechatySettings): Promise<Examined[]> {
  const { WECHATY_PUPPET: puppet } = settings;
  await loadSdk(puppet, 'en');
  const unstable = unstableIds(settings);
  return [
    { level: 'ok', message: `wechaty: Wechaty and the puppet ${puppet} are installed; whether the account is signed in, /healthz tells` },
    ...(unstable ? [{ level: 'warning', message: `wechaty: nobody can be an organizer over it: ${unstable.en}` } as const] : []),
  ];
}

const adapter: AdapterModule<WechatySettings> = {
  name: 'wechaty',
  settings: SETTINGS,
  mistake,
  format,
  preview: String,
  create: (settings, instance) => new WechatyAdapter(settings, instance),
  examine,
  unstableIds,
  rooms: bindingOver,
  login: loginPicture,
};
export default adapter;
