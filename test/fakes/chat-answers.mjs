// Answers of the chat platform, honest and broken.

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** `kind` as in chat-faults.mjs, or `json` with what to say. */
export function answerWith(response, kind, value = {}, status = 200) {
  // The caller may have gone while the platform was at work.
  if (response.destroyed) return;
  if (kind === 'none') return;
  if (kind === 'reset') return response.socket?.resetAndDestroy();
  if (kind === 'cut') {
    response.writeHead(200, { ...JSON_TYPE, 'Content-Length': 40 });
    response.write('{"id":', () => response.socket?.destroy());
    return;
  }
  if (kind === 'json') return response.writeHead(status, JSON_TYPE).end(JSON.stringify(value));
  if (kind === '429') return response.writeHead(429, { ...JSON_TYPE, ...value }).end('{"error":"rate_limited"}');
  if (kind === '500') return response.writeHead(500).end('Internal Server Error');
  if (kind === 'html') return response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><body>Be right back!</body></html>');
  if (kind === 'fatal') return response.writeHead(200, JSON_TYPE).end('{"error":"fatal_error"}');
  throw new Error(`there is no answer '${kind}'`);
}

export async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > 1_000_000) throw new Error('the body is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a caller wants to post; undefined when it makes no sense. */
export function messageOf(body) {
  try {
    const { target, text, key } = JSON.parse(body);
    const fine = typeof target === 'string' && typeof text === 'string' && text !== '' && (key === undefined || typeof key === 'string');
    return fine ? { target, text, key } : undefined;
  } catch {
    return undefined;
  }
}

/** False when the platform was closed meanwhile. */
export function sleepUnless(signal, ms) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const done = (whole) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve(whole);
    };
    const stop = () => done(false);
    const timer = setTimeout(done, ms, true);
    signal.addEventListener('abort', stop);
  });
}
