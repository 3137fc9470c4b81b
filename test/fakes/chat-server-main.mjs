// The chat platform as a process of its own, which outlives the bots that are killed:
//   node chat-server-main.mjs '{"seed":1,"targets":["room:1"]}'   → its first line on standard output is its address
import { startChatServer } from './chat-server.mjs';

const server = await startChatServer(JSON.parse(process.argv[2] ?? '{}'));
process.stdout.write(`${server.url}\n`);
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => server.close().then(() => process.exit(0)));
