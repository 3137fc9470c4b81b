import { render } from 'preact';
import { App } from './app.js';
import './chat.css';
import { type Language, readerLanguage, WORDS } from './words.js';

const root = document.getElementById('chat');
if (root) {
  const { name = '', welcomeZh = '', welcomeEn = '', framed, organizer = '', language: own } = root.dataset;
  const language = readerLanguage(navigator.languages, own === 'zh' ? 'zh' : 'en') satisfies Language;
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  const welcome = language === 'zh' ? welcomeZh : welcomeEn;
  render(<App settings={{ name, welcome, framed: framed === 'true', organizer, language, words: WORDS[language] }} />, root);
}
