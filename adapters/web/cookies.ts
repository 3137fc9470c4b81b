export function cookies(header: string | string[] | undefined): Map<string, string> {
  return new Map(
    String(header ?? '')
      .split(';')
      .flatMap((pair): [string, string][] => {
        const equals = pair.indexOf('=');
        return equals < 0 ? [] : [[pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()]];
      }),
  );
}
