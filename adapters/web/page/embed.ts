// On a community's own site: <script src="https://bot.example.org/embed.js" async></script> adds a button that opens the chat in a
// frame. Styles are set one by one, which a site's Content-Security-Policy allows; the site has to allow our frame and script.
// One function around everything: this is no module, and its names must not meet the site's.
(() => {
  const script = document.currentScript as HTMLScriptElement | null;
  if (!script?.src) return;
  const source = new URL('/embed', script.src).href;
  if (document.body) embed(source);
  else document.addEventListener('DOMContentLoaded', () => embed(source));

  function embed(source: string): void {
    const chinese = (document.documentElement.lang || navigator.language).toLowerCase().startsWith('zh');
    const words = chinese ? { open: '活动助手', close: '关闭聊天' } : { open: 'Ask about events', close: 'Close the chat' };
    const button = document.createElement('button');
    button.type = 'button';
    const corner = { position: 'fixed', right: '16px', zIndex: '2147483000' };
    Object.assign(button.style, corner, {
      bottom: '16px',
      minHeight: '48px',
      padding: '0 20px',
      border: '0',
      borderRadius: '24px',
      background: '#0b6e6e',
      color: '#fff',
      font: '16px system-ui, sans-serif',
      cursor: 'pointer',
      boxShadow: '0 2px 8px rgb(0 0 0 / 30%)',
    });
    let frame: HTMLIFrameElement | undefined;
    const show = (open: boolean) => {
      if (open && !frame) frame = document.body.appendChild(makeFrame(source, words.open, corner));
      if (frame) frame.hidden = !open;
      button.textContent = open ? words.close : words.open;
      button.setAttribute('aria-expanded', String(open));
    };
    button.addEventListener('click', () => show(frame === undefined || frame.hidden === true));
    document.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && frame && !frame.hidden) {
        show(false);
        button.focus();
      }
    });
    show(false);
    document.body.append(button);
  }

  function makeFrame(source: string, title: string, corner: Record<string, string>): HTMLIFrameElement {
    const frame = document.createElement('iframe');
    frame.src = source;
    frame.title = title;
    frame.allow = 'clipboard-write';
    Object.assign(frame.style, corner, {
      bottom: '76px',
      width: 'min(420px, calc(100vw - 32px))',
      height: 'min(640px, calc(100vh - 100px))',
      border: '1px solid #8a9a9a',
      borderRadius: '16px',
      background: 'Canvas',
      boxShadow: '0 4px 24px rgb(0 0 0 / 30%)',
    });
    return frame;
  }
})();
