// Parts of a body that a reader does not see: comments, scripts, styles.

const RAW_BLOCK = /^ {0,3}<(script|style|pre)\b/i;

/** Blanks comments that are closed somewhere; an opening without a close is text, or one slip would hide the rest of the page. */
export class Comments {
  private inside = false;
  private readonly last: number;

  constructor(body: string) {
    this.last = body.lastIndexOf('-->');
  }

  blank(text: string, offset: number): string {
    if (this.last < 0 || (!this.inside && !text.includes('<!--'))) return text;
    let visible = '';
    let at = 0;
    while (at < text.length) {
      if (this.inside) {
        const close = text.indexOf('-->', at);
        if (close < 0) return visible;
        this.inside = false;
        at = close + 3;
        continue;
      }
      const open = text.indexOf('<!--', at);
      const isText = open < 0 || offset + open + 4 > this.last || text[open - 1] === '`';
      if (isText) return visible + text.slice(at);
      visible += text.slice(at, open);
      this.inside = true;
      at = open + 4;
    }
    return visible;
  }
}

/** The closing tag of a block whose content is no Markdown, when it does not end on its own line but does end. */
export function opensRaw(text: string, next: number, closings: Closings): string | null {
  const tag = RAW_BLOCK.exec(text)?.[1]?.toLowerCase();
  if (!tag) return null;
  const close = `</${tag}`;
  return text.toLowerCase().includes(close) || closings.last(close) < next ? null : close;
}

/** Where a closing tag stands last: looked up once for each tag, however often it is opened. */
export class Closings {
  private readonly known = new Map<string, number>();

  constructor(private readonly body: string) {}

  last(close: string): number {
    const known = this.known.get(close) ?? this.body.lastIndexOf(close);
    this.known.set(close, known);
    return known;
  }
}
