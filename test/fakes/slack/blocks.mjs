// What Slack refuses in blocks. It checks more kinds than these; a kind that is not here is refused, so that no test passes on luck.

const MOST_BLOCKS = 50;
/** Not documented: from here on Slack says msg_blocks_too_long. */
const MOST_CHARACTERS = 13_200;

/** Collects complaints in Slack's words, each with the place. */
class Check {
  complaints = [];
  say(what, at) {
    this.complaints.push(`[ERROR] ${what} [json-pointer:${at}]`);
    return false;
  }

  keys(object, allowed, at) {
    for (const key of Object.keys(object)) if (!allowed.includes(key)) this.say(`invalid additional property: ${key}`, at);
  }

  string(value, { min = 0, max, at, optional = false }) {
    if (value === undefined) return optional || this.say('missing required field', at);
    if (typeof value !== 'string') return this.say('must be a string', at);
    if (value.length < min) return this.say(`must be more than ${min - 1} characters`, at);
    return value.length <= max || this.say(`must be less than ${max + 1} characters`, at);
  }

  boolean(value, at) {
    return value === undefined || typeof value === 'boolean' || this.say('must be a boolean', at);
  }

  text(value, { max, at, only }) {
    if (!isObject(value)) return this.say(value === undefined ? 'missing required field: text' : 'must be an object', at);
    if (value.type !== 'plain_text' && value.type !== 'mrkdwn') return this.say(`unsupported type: ${value.type}`, `${at}/type`);
    if (only && value.type !== only) return this.say(`must be of type: ${only}`, `${at}/type`);
    this.keys(value, ['type', 'text', value.type === 'plain_text' ? 'emoji' : 'verbatim'], at);
    this.boolean(value.emoji, `${at}/emoji`);
    this.boolean(value.verbatim, `${at}/verbatim`);
    return this.string(value.text, { min: 1, max, at: `${at}/text` });
  }

  url(value, at, schemes) {
    if (!this.string(value, { min: 1, max: 3_000, at })) return;
    if (!URL.canParse(value) || !schemes.includes(new URL(value).protocol)) this.say('invalid url', at);
  }

  items(list, { min = 1, max, at }) {
    if (!Array.isArray(list)) return this.say('must be an array', at);
    if (list.length < min) return this.say(`no fewer than ${min} items allowed`, at);
    if (list.length > max) return this.say(`no more than ${max} items allowed`, at);
    return list.every((item, n) => isObject(item) || this.say('must be an object', `${at}/${n}`));
  }

  unique(list, key, at) {
    const seen = new Set();
    for (const item of list) {
      if (item?.[key] === undefined) continue;
      if (seen.has(item[key])) this.say(`\`${key}\` ${JSON.stringify(item[key])} already exists`, at);
      seen.add(item[key]);
    }
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const ELEMENTS = {
  button(check, element, at) {
    check.keys(element, ['type', 'text', 'action_id', 'url', 'value', 'style', 'confirm', 'accessibility_label'], at);
    check.text(element.text, { max: 75, at: `${at}/text`, only: 'plain_text' });
    check.string(element.action_id, { min: 1, max: 255, at: `${at}/action_id`, optional: true });
    check.string(element.value, { max: 2_000, at: `${at}/value`, optional: true });
    check.string(element.accessibility_label, { max: 75, at: `${at}/accessibility_label`, optional: true });
    if (element.url !== undefined) check.url(element.url, `${at}/url`, ['http:', 'https:', 'mailto:']);
    if (![undefined, 'primary', 'danger'].includes(element.style)) check.say('must be one of: primary, danger', `${at}/style`);
  },
  image(check, element, at, more = []) {
    check.keys(element, ['type', 'image_url', 'alt_text', ...more], at);
    check.url(element.image_url, `${at}/image_url`, ['http:', 'https:']);
    check.string(element.alt_text, { min: 1, max: 2_000, at: `${at}/alt_text` });
  },
};

function element(check, value, at, allowed) {
  if (!isObject(value)) return check.say('must be an object', at);
  if (!allowed.includes(value.type)) return check.say(`unsupported type: ${value.type}`, `${at}/type`);
  ELEMENTS[value.type](check, value, at);
}

const BLOCKS = {
  section(check, block, at) {
    check.keys(block, ['type', 'block_id', 'text', 'fields', 'accessory', 'expand'], at);
    check.boolean(block.expand, `${at}/expand`);
    if (block.text !== undefined || block.fields === undefined) check.text(block.text, { max: 3_000, at: `${at}/text` });
    if (block.fields !== undefined && check.items(block.fields, { max: 10, at: `${at}/fields` }))
      for (const [n, field] of block.fields.entries()) check.text(field, { max: 2_000, at: `${at}/fields/${n}` });
    if (block.accessory !== undefined) element(check, block.accessory, `${at}/accessory`, ['button', 'image']);
  },
  divider: (check, block, at) => check.keys(block, ['type', 'block_id'], at),
  header(check, block, at) {
    check.keys(block, ['type', 'block_id', 'text'], at);
    check.text(block.text, { max: 150, at: `${at}/text`, only: 'plain_text' });
  },
  actions(check, block, at) {
    check.keys(block, ['type', 'block_id', 'elements'], at);
    if (!check.items(block.elements, { max: 25, at: `${at}/elements` })) return;
    for (const [n, item] of block.elements.entries()) element(check, item, `${at}/elements/${n}`, ['button']);
    check.unique(block.elements, 'action_id', `${at}/elements`);
  },
  context(check, block, at) {
    check.keys(block, ['type', 'block_id', 'elements'], at);
    if (!check.items(block.elements, { max: 10, at: `${at}/elements` })) return;
    for (const [n, item] of block.elements.entries()) {
      if (item.type === 'image') ELEMENTS.image(check, item, `${at}/elements/${n}`);
      else check.text(item, { max: 3_000, at: `${at}/elements/${n}` });
    }
  },
  image(check, block, at) {
    ELEMENTS.image(check, block, at, ['block_id', 'title']);
    if (block.title !== undefined) check.text(block.title, { max: 2_000, at: `${at}/title`, only: 'plain_text' });
  },
  markdown(check, block, at) {
    check.keys(block, ['type', 'block_id', 'text'], at);
    check.string(block.text, { min: 1, max: 12_000, at: `${at}/text` });
  },
};

/** Every text of these blocks, wherever it stands. */
function* textsOf(value) {
  if (Array.isArray(value)) for (const item of value) yield* textsOf(item);
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'text' && typeof inner === 'string') yield inner;
      else yield* textsOf(inner);
    }
}

/** undefined when Slack would take them, else its refusal: `{ error, messages }`. */
export function refusedBlocks(blocks) {
  const check = new Check();
  if (!Array.isArray(blocks)) return { error: 'invalid_blocks_format', messages: [] };
  if (check.items(blocks, { min: 0, max: MOST_BLOCKS, at: '/blocks' }))
    for (const [n, block] of blocks.entries()) {
      const at = `/blocks/${n}`;
      check.string(block.block_id, { max: 255, at: `${at}/block_id`, optional: true });
      if (Object.hasOwn(BLOCKS, block.type)) BLOCKS[block.type](check, block, at);
      else check.say(`unsupported type: ${block.type}`, `${at}/type`);
    }
  if (Array.isArray(blocks)) check.unique(blocks, 'block_id', '/blocks');
  if (check.complaints.length > 0) return { error: 'invalid_blocks', messages: check.complaints };
  const characters = [...textsOf(blocks)].reduce((sum, text) => sum + text.length, 0);
  return characters > MOST_CHARACTERS ? { error: 'msg_blocks_too_long', messages: [] } : undefined;
}
