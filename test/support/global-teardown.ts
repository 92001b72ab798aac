import { rmSync } from 'node:fs';

export default async function globalTeardown(): Promise<void> {
  const { firstbellParts = [] } = globalThis as { firstbellParts?: { stop(): Promise<void> }[] };
  for (const part of firstbellParts) await part.stop();
  const { folder } = JSON.parse(process.env.FIRSTBELL_TEST ?? '{}') as { folder?: string };
  if (folder) rmSync(folder, { recursive: true, force: true });
}
