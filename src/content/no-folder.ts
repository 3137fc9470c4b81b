import { SettingsError } from '../config/environment.js';

/** The mistake to name when the content folder itself cannot be read; undefined for any other error. */
export function noFolder(root: string, error: unknown): SettingsError | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return undefined;
  const reason = code === 'ENOENT' ? 'is not there' : code === 'ENOTDIR' ? 'is no folder' : `cannot be read (${code})`;
  return new SettingsError([`The content folder ${root} ${reason}. Set EMCEE_CONTENT, or make one with: emcee init DIR`]);
}
