/** Rejects when it has not settled after so many milliseconds: what a platform owes must not be waited for without end. */
export async function inTime<Value>(promise: Promise<Value> | undefined, limitMs: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
