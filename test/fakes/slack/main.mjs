// Slack as a process of its own, for benches, and for bots that are killed meanwhile:
//   node main.mjs '{"gapMs":0}'   → its first line on standard output is {"url":"http://127.0.0.1:…/api/"}
// Then one command a line on standard input (or an IPC message), one answer a line (or message) with the same `id`:
//   {"id":1,"set":{"hook":"http://127.0.0.1:8080/hooks/slack","useSockets":false}}
//   {"id":2,"say":{"channel":"UANN","text":"20231104"}}      also: event, command, click, edit, deliver (its payload)
//   {"id":3,"drive":{"count":1000,"perSecond":200,"users":50,"text":"{n}"}}   → latencies, see drive.mjs
//   {"id":4,"posts":{"from":0}}   {"id":5,"calls":{"from":0}}   {"id":6,"state":{}}
//   {"id":7,"fault":["chat.postMessage","reset",2]}   {"id":8,"do":["dropSockets"]}   {"id":9,"close":{}}
import { createInterface } from 'node:readline';
import { drive } from './drive.mjs';
import { startSlack } from './slack.mjs';

const { hook, ...options } = JSON.parse(process.argv[2] ?? '{}');
const slack = await startSlack(options);
slack.hook = hook;
const CALLABLE = ['goSilent', 'goMute', 'dropSockets', 'disconnectNotice', 'replay', 'clearFaults', 'challenge', 'rateLimited'];

const COMMANDS = {
  set: (values) => void Object.assign(slack, values),
  say: (given) => slack.say(given),
  edit: (given) => slack.edit(given),
  event: (given) => slack.event(given),
  command: (given) => slack.command(given),
  click: (given) => slack.click(given),
  deliver: (payload) => slack.deliver(payload),
  drive: (given) => drive(slack, given),
  posts: ({ from = 0 }) => slack.posts.slice(from),
  calls: ({ from = 0 }) => slack.calls.slice(from),
  state: () => ({
    posts: slack.posts.length,
    calls: slack.calls.length,
    sockets: slack.sockets.length,
    acks: slack.acks.length,
    limited: slack.limited,
  }),
  fault: (given) => void slack.fault(...given),
  do: ([name, ...given]) => {
    if (!CALLABLE.includes(name)) throw new Error(`there is no '${name}'`);
    return slack[name](...given);
  },
  close: () => void setImmediate(stop),
};

async function obey({ id, ...given }) {
  const [name] = Object.keys(given);
  try {
    if (!Object.hasOwn(COMMANDS, name)) throw new Error(`there is no command '${name}'`);
    return { id, result: (await COMMANDS[name](given[name])) ?? null };
  } catch (error) {
    return { id, error: String(error?.message ?? error) };
  }
}

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const stop = () => slack.close().then(() => setImmediate(() => process.exit(0)));

print({ url: slack.url });
if (process.send) {
  process.send({ url: slack.url });
  process.on('message', async (message) => process.send?.(await obey(message)));
  process.once('disconnect', stop);
}
createInterface({ input: process.stdin }).on('line', async (line) => {
  try {
    print(await obey(JSON.parse(line)));
  } catch (error) {
    print({ error: String(error) });
  }
});
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, stop);
