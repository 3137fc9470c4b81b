/** Slack's clock by the Date of its answers: what happened when is told by Slack's own time, and this machine's may be minutes off. */
export class SlackClock {
  #aheadMs = 0;

  /** An answer's Date header (RFC 9110, 6.6.1), just now. */
  note(date: string | null | undefined): void {
    const at = Date.parse(date ?? '');
    if (!Number.isNaN(at)) this.#aheadMs = at - Date.now();
  }

  /** How far Slack's clock is ahead of ours; 0 while it has not said. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** The same moment by Slack's clock, in seconds since 1970. */
  seconds(at: Date): number {
    return (at.getTime() + this.#aheadMs) / 1_000;
  }
}
