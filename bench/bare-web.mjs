// The floor for the web chat: node:http, one Map, one answer. No store, no framework, no limits.
import { createServer } from 'node:http';

const answers = new Map([['20231104', { text: 'https://example.org/slides/20231104' }]]);
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { id, text } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const body = JSON.stringify({ id, reply: answers.get(text) ?? null });
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));
