// The floor for an Official Account: node:http, the SHA-1 check, indexOf for the fields, one Map, AES where messages are sealed.
// No store, no limits, no XML parser, nothing checked that a friend would not get wrong.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { codeOf } from './pages.mjs';

const [mode, count] = process.argv.slice(2);
const { WECHAT_TOKEN, WECHAT_APP_ID, WECHAT_AES_KEY = '' } = process.env;
const key = Buffer.from(`${WECHAT_AES_KEY}=`, 'base64');
const iv = key.subarray(0, 16);
const answers = new Map(Array.from({ length: Number(count) }, (_, i) => [codeOf(i), answerOf(i)]));

/** As long as emcee's. */
function answerOf(i) {
  const talks = Array.from(
    { length: 6 },
    (_, t) => `第 ${i} 次实践的议题 ${t} — 赵一\nhttps://www.bilibili.com/video/BV1${String(i * 6 + t).padStart(9, '0')}`,
  );
  return [`https://example.org/slides/${i}`, '手机打不开请复制到电脑浏览器', '↑ PPT 在这里', '', `云原生 Meetup ${i}`, '', ...talks].join(
    '\n',
  );
}

const sign = (...parts) => createHash('sha1').update(parts.sort().join('')).digest('hex');
const field = (xml, name) => {
  const from = xml.indexOf(`<${name}><![CDATA[`);
  return from < 0 ? '' : xml.slice(from + name.length + 11, xml.indexOf(']]>', from));
};
const open = (sealed) => {
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  return plain.toString('utf8', 20, 20 + plain.readUInt32BE(16));
};
const seal = (xml) => {
  const text = Buffer.from(xml);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([randomBytes(16), length, text, Buffer.from(WECHAT_APP_ID)]);
  const fill = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(fill, fill)), cipher.final()]).toString('base64');
};

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const query = new URLSearchParams(request.url.slice(request.url.indexOf('?') + 1));
    const [timestamp, nonce] = [query.get('timestamp'), query.get('nonce')];
    let xml = Buffer.concat(chunks).toString('utf8');
    const sealed = mode === 'safe' ? field(xml, 'Encrypt') : '';
    const right = sealed
      ? query.get('msg_signature') === sign(WECHAT_TOKEN, timestamp, nonce, sealed)
      : query.get('signature') === sign(WECHAT_TOKEN, timestamp, nonce);
    if (!right) return response.writeHead(401).end();
    if (sealed) xml = open(sealed);
    const now = Math.floor(Date.now() / 1000);
    let body = `<xml><ToUserName><![CDATA[${field(xml, 'FromUserName')}]]></ToUserName><FromUserName><![CDATA[${field(xml, 'ToUserName')}]]></FromUserName><CreateTime>${now}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${answers.get(field(xml, 'Content'))}]]></Content></xml>`;
    if (sealed) {
      const encrypted = seal(body);
      body = `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt><MsgSignature><![CDATA[${sign(WECHAT_TOKEN, String(now), nonce, encrypted)}]]></MsgSignature><TimeStamp>${now}</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`;
    }
    response.writeHead(200, { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));
