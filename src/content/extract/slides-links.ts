// Is a link a deck of slides? Some hosts hold nothing else; for the rest the words around the link decide.

const DECK_FILE = /\.(?:pptx?|key|odp)(?:[?#]|$)/i;
const PDF = /\.pdf(?:[?#]|$)/i;
const DECK_HOST =
  /^https?:\/\/(?:(?:www\.|[a-z]{2}\.)?slideshare\.net\/(?!search)[\w-]+\/[\w-]+|speakerdeck\.com\/(?:player\/|[\w-]+\/[\w-]+)|docs\.google\.com\/presentation\/|slides\.com\/[\w-]+\/[\w-]+|(?:www\.)?slideshow\.|noti\.st\/[\w-]+\/[\w]+|pitch\.com\/(?:public|v)\/|(?:www\.)?haikudeck\.com\/p\/|prezi\.com\/(?:p\/|view\/|[\w-]{10,})|sli\.dev\/demo|speakerrate\.com\/talks\/)/i;
const SHELF =
  /^https?:\/\/(?:pan\.baidu\.com|pan\.quark\.cn|(?:www\.)?aliyundrive\.com|(?:www\.)?alipan\.com|(?:[\w-]+\.)?lanzou\w?\.com|share\.weiyun\.com|cloud\.189\.cn|drive\.google\.com|(?:www\.)?dropbox\.com|1drv\.ms|(?:[\w-]+\.)?sharepoint\.com|(?:github|gitlab|gitee)\.com\/[\w.-]+\/[\w.-]+|doi\.org\/|(?:www\.)?figshare\.com|zenodo\.org|(?:[\w-]+\.)?feishu\.cn\/(?:file|drive|slides)|kdocs\.cn|(?:www\.)?canva\.com\/design|gamma\.app|(?:[\w-]+\.)?jianguoyun\.com\/p)/i;
const PICTURE = /\.(?:png|jpe?g|gif|svg|webp)(?:[?#@]|$)/i;

/** Pages of a code host that talk about slides but hold none. */
const NO_DECK =
  /^https?:\/\/(?:github|gitlab|gitee)\.com\/[^?#]{1,200}(?:\/(?:issues|pull|pulls|discussions|wiki|commit|actions)(?:[/?#]|$)|\.md(?:[?#]|$))/i;

const WORD =
  /\bppts?\b|\bslides?\b|\bslide ?decks?\b|\bdecks?\b|幻灯|演示文稿|课件|讲义|资料下载|会议资料|分享资料|演讲资料|活动资料|演讲稿|胶片/i;
const LABEL_WORD = /ppt|slide|deck|幻灯|演示文稿|课件|讲义|资料|胶片|keynote/i;
const NO_WORD =
  /海报|poster|flyer|手册|论文|\bpapers?\b|白皮书|whitepaper|书籍|电子书|简历|template|模板|发票|协议书|\bcfp\b|agenda\.pdf|brochure/i;

/** What a deck may hang on: words on its own line, above it in the same list, or in the heading. */
export interface Around {
  label: string;
  before: string;
  /** The line above that introduces a list of links (`资料下载：`). */
  lead: string;
  heading: string;
}

/** The address of another link on the line: its words are not the page's. */
const TARGET = /\]\([^()]{0,160}\)/g;

/** Whether a link is a deck, or a place where decks lie. */
export function isDeck(url: string, { label, before: raw, lead, heading }: Around): boolean {
  if (PICTURE.test(url) || NO_WORD.test(label)) return false;
  if (NO_DECK.test(url)) return false;
  if (DECK_HOST.test(url)) return true;
  if (DECK_FILE.test(url)) return true;
  const before = raw.includes('](') ? raw.replace(TARGET, '') : raw;
  const said = LABEL_WORD.test(label) || (WORD.test(before) && !NO_WORD.test(before));
  const below = WORD.test(lead) || (heading.length < 40 && WORD.test(heading));
  if (PDF.test(url)) return said || below;
  return SHELF.test(url) && (said ? leads(label, before) : below && /^[\s\-*<>]*$/.test(before) && !label.includes('/issues/'));
}

/** The words must lead to the link, not only occur in a long sentence before it. */
const leads = (label: string, before: string) =>
  LABEL_WORD.test(label) || /(?:ppts?|slides?|decks?|幻灯片?|课件|讲义|资料|演示文稿|胶片)[^.!?！？]{0,45}$/i.test(before);
