export function retryAfterMs(header: string | undefined, now?: number): number;
