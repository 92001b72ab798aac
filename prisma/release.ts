import { readFileSync } from 'node:fs';

const file = new URL('../package.json', import.meta.url);

/** Which release of Firstbell this is: "0.1.0". */
export const release: string = (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;

/** True of a release after this one. One of which no name was kept was made before names were. */
export const isLater = (other: string | null): boolean =>
  other !== null && other.localeCompare(release, 'en', { numeric: true }) > 0;
