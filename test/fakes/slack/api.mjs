// Slack's Web API over HTTP: arguments, tokens, scopes; the methods themselves are in chat.mjs and conversations.mjs.
import { chatMethods } from './chat.mjs';
import { conversationMethods } from './conversations.mjs';
import { answerJson } from './faults.mjs';
import { teamMethods } from './people.mjs';
import { demand, now, Refusal } from './world.mjs';

const METHODS = { ...chatMethods, ...conversationMethods, ...teamMethods };
const AS_JSON = ['blocks', 'metadata', 'attachments'];

export async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Arguments in either form; a token counts only where Slack looks for it: the header, or a field of a form. */
function argumentsOf(request, query, body) {
  const type = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (request.method === 'GET') return { args: parseFields(Object.fromEntries(query)), token: bearer };
  if (type === 'application/json') {
    const args = parse(body);
    if (args === undefined) return { args: {}, token: bearer, problem: 'invalid_json' };
    if (typeof args !== 'object' || args === null || Array.isArray(args)) return { args: {}, token: bearer, problem: 'json_not_object' };
    return { args: parseFields(args), token: bearer };
  }
  if (type !== 'application/x-www-form-urlencoded' && body !== '')
    return { args: {}, token: bearer, problem: type ? 'invalid_post_type' : 'missing_post_type' };
  const { token, ...args } = Object.fromEntries(new URLSearchParams(body));
  return { args: parseFields(args), token: bearer ?? token };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** In a form, structures are JSON in a field. What is no JSON stays a string, and its method refuses it. */
function parseFields(args) {
  for (const name of AS_JSON) if (typeof args[name] === 'string') args[name] = parse(args[name]) ?? args[name];
  return args;
}

/** Who calls, and may they: throws what Slack would say. */
function authorize(slack, method, token) {
  if (!token) throw new Refusal('not_authed');
  const isApp = token.startsWith('xapp-');
  if (token !== (isApp ? slack.appToken : slack.botToken)) throw new Refusal('invalid_auth');
  if (slack.tokenError) throw new Refusal(slack.tokenError);
  if (isApp !== (method.token === 'app')) throw new Refusal('not_allowed_token_type');
  if (method.scope) demand(slack, [method.scope], isApp ? slack.appScopes : slack.scopes);
}

async function carryOut(slack, name, { args, token, problem }) {
  if (!Object.hasOwn(METHODS, name)) throw new Refusal('unknown_method', { req_method: name });
  if (problem) throw new Refusal(problem);
  authorize(slack, METHODS[name], token);
  return { ok: true, ...METHODS[name].run(slack, args) };
}

export async function handleApi(slack, request, response, url) {
  const name = url.pathname.slice('/api/'.length);
  const given = argumentsOf(request, url.searchParams, (await readBody(request)).toString('utf8'));
  slack.calls.push({ method: name, args: given.args, headers: request.headers, at: now() });
  const fault = slack.faults.take(name);
  if (fault && !fault.accept) return fault.answer(response);
  const scopes = { 'x-oauth-scopes': (given.token === slack.appToken ? slack.appScopes : slack.scopes).join(',') };
  try {
    const body = await carryOut(slack, name, given);
    const ms = fault?.wait ? slack.slowMs : slack.latencyMs;
    if (ms > 0 && !(await slack.sleep(ms))) return;
    if (fault) return fault.answer(response, body);
    answerJson(response, body, 200, scopes);
  } catch (error) {
    // A call that Slack refuses has not met its fault yet: the next one will.
    fault?.putBack();
    if (!(error instanceof Refusal)) throw error;
    if (slack.latencyMs > 0 && !(await slack.sleep(slack.latencyMs))) return;
    answerJson(response, { ok: false, error: error.error, ...error.more }, error.status, { ...scopes, ...error.headers });
  }
}
