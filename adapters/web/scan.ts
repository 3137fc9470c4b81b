/**
 * The page with what has to be scanned so that a platform comes online, for signed-in organizers only: whoever scans it decides whose
 * account the bot is. Without a script: the picture changes, and the page asks again by itself.
 */
import type { OrganizerSessions, Route } from '../../src/adapter.js';
import { notNow } from './requests.js';
import { sessionOf } from './sign-in.js';

const AGAIN_S = 10;

export function scanRoute(organizers: () => OrganizerSessions | undefined): Route {
  return {
    method: 'GET',
    path: '/scan',
    handle: async (request) => {
      const sessions = organizers();
      if (!sessions) return notNow();
      const session = sessionOf(request);
      const pictures = session === undefined ? undefined : await sessions.pictures(session);
      const headers = { 'Content-Type': 'text/html; charset=utf-8' };
      return pictures ? { status: 200, headers, body: page(pictures) } : { status: 401, headers, body: page(undefined) };
    },
  };
}

function page(pictures: readonly { platform: string; svg: string }[] | undefined): string {
  const body = !pictures
    ? '<p>这里只给登录的组织者看：私聊机器人发“登录”，打开它给的链接，再回到这里。</p><p>This is for organizers who have signed in: send the bot “sign in”, open its link, then come back.</p>'
    : pictures.length === 0
      ? '<p>现在没有需要扫码的平台。</p><p>Nothing has to be scanned now.</p>'
      : pictures.map(picture).join('');
  const again = pictures ? `<meta http-equiv="refresh" content="${AGAIN_S}">` : '';
  return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">${again}<title>扫码登录 · Scan to sign in</title></head><body><main>${body}</main></body></html>`;
}

function picture({ platform, svg }: { platform: string; svg: string }): string {
  const name = platform.replace(/[^\w-]/g, '');
  const data = Buffer.from(svg).toString('base64');
  return `<h1>${name}</h1><p>请用机器人要用的那个账号扫码。</p><p>Scan it with the account that the bot is to use.</p><img alt="${name}" width="300" height="300" src="data:image/svg+xml;base64,${data}">`;
}
