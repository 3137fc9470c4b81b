import type { Logger } from '../adapter.js';
import type { ContentChange } from '../content/library.js';
import type { Alerts } from './alerts.js';

/** What happened to the content: to the log with file and line, to organizers in plain words; each mistake once. */
export function tellContentChanges(change: ContentChange, log: Logger, alerts: Pick<Alerts, 'notify'>): void {
  if (change.changed.length > 0) log.info({ pages: change.changed.length }, 'the content was read again');
  for (const { file, line, level, message } of change.problems) {
    const where = line > 0 ? `${file}:${line}` : file;
    log[level === 'info' ? 'info' : 'warn']({ where }, message.en);
    if (level === 'error') void alerts.notify({ en: `${where}: ${message.en}`, zh: `${where}：${message.zh}` });
  }
  for (const alarm of change.alarms) {
    log.error({}, alarm.en);
    void alerts.notify(alarm);
  }
}
