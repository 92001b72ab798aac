/** 0 to 99, evenly, and always the same for the same words (FNV-1a). */
export function percentOf(words: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193) >>> 0;
  return hash % 100;
}
