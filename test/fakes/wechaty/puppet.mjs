// A puppet over wechaty-puppet-mock that plays what a script on the other side of a socket tells it: WeChat outlives the bot. As a
// WECHATY_PUPPET its token is the port to listen to; in a test's own process the script calls `play` itself.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import load from '../../../adapters/wechaty/load.mjs';

const { PuppetMock, mock } = await load('wechaty-puppet-mock');

export default class ScriptedPuppet extends PuppetMock {
  #socket;
  #waiting = new Map();
  #ids = 0;
  /** Takes what the bot sends; replaced in a test's own process. */
  deliver = (to, text) => this.#ask({ to, text });

  constructor({ token, script } = {}) {
    super({ mocker: new mock.Mocker() });
    this.token = token;
    script?.(this);
  }

  async onStart() {
    await super.onStart();
    if (!this.token) return;
    this.#socket = connect(Number(this.token), '127.0.0.1');
    this.#socket.on('error', () => undefined);
    createInterface({ input: this.#socket }).on('line', (line) => {
      const message = JSON.parse(line);
      if (message.receipt === undefined) return this.play(message);
      this.#waiting.get(message.receipt)?.(message);
      this.#waiting.delete(message.receipt);
    });
  }

  async onStop() {
    this.#socket?.destroy();
    await super.onStop();
  }

  async messageSendText(to, text) {
    if (!this.isLoggedIn) throw new Error('not logged in');
    await this.deliver(to, text);
    // WeChat shows an account what it has said itself.
    await super.messageSendText(to, text);
  }

  async roomTopic(id, topic) {
    return topic === undefined ? this.mocker.roomPayload(id).topic : super.roomTopic(id, topic);
  }

  async friendshipRawPayload(id) {
    return this.friendships?.get(id);
  }

  async friendshipAccept(id) {
    this.accepted = [...(this.accepted ?? []), id];
  }

  #ask(sent) {
    this.#ids += 1;
    const id = this.#ids;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ error }) => (error ? reject(new Error(error)) : resolve()));
      this.#socket.write(`${JSON.stringify({ ...sent, id })}\n`);
    });
  }

  play({ is, ...given }) {
    const { mocker } = this;
    const contact = (id) => mocker.ContactMock.load(id);
    switch (is) {
      case 'contact':
        return void mocker.createContact({ type: 1, ...given });
      case 'room':
        return void mocker.createRoom({ adminIdList: [], ...given });
      case 'forget':
        return this.#forget(given.room);
      case 'scan':
        return mocker.scan(given.qrcode, given.status);
      case 'login':
        return mocker.login(contact(given.id));
      case 'logout':
        return this.logout();
      case 'fail':
        return this.emit('error', { data: given.message });
      case 'ready':
        return this.emit('ready', { data: 'ready' });
      case 'topic':
        return mocker.RoomMock.load(given.room).topic(given.topic).by(contact(given.by));
      case 'join':
        return mocker.RoomMock.load(given.room).add(contact(given.who)).by(contact(given.by));
      case 'leave':
        return mocker.RoomMock.load(given.room).remove(contact(given.who)).by(contact(given.by));
      case 'remember':
        return this.memory.set('slot', given.value).then(() => this.memory.save());
      case 'friendship':
        this.friendships = (this.friendships ?? new Map()).set(given.id, { timestamp: Date.now(), hello: '', ...given });
        return this.emit('friendship', { friendshipId: given.id });
      default:
        return this.#say(given);
    }
  }

  /** A room that is there no more; without one, all rooms and people: a new login gives them other ids. */
  #forget(room) {
    const { cacheContactPayload, cacheRoomPayload, ContactMock, RoomMock } = this.mocker;
    if (room) return void cacheRoomPayload.delete(room);
    for (const kept of [cacheContactPayload, cacheRoomPayload, ContactMock.pool, RoomMock.pool]) kept.clear();
  }

  #say({ id, from, to, text, at = Date.now(), type = 7, mentions = [] }) {
    const where = to.startsWith('@') ? { roomId: to, mentionIdList: mentions } : { listenerId: to };
    this.mocker.MessageMock.create({ id, talkerId: from, timestamp: at, type, text, ...where });
    this.emit('message', { messageId: id });
  }
}
