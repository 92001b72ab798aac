const warning = 40;

/** A log line for a person: warnings and faults in words, anything less not at all, text that is no log line as it is. */
export function shortLine(line: string): string | undefined {
  const event = parsed(line);
  if (!event) return line.trim() || undefined;
  if (event.level < warning) return undefined;
  const why = event.err?.message?.trim().replaceAll(/\s+/g, ' ');
  return why && why !== event.msg ? `${event.msg} (${why})` : event.msg;
}

type Event = { level: number; msg: string; err?: { message?: string } };

function parsed(line: string): Event | undefined {
  if (!line.startsWith('{"level":')) return undefined;
  try {
    return JSON.parse(line) as Event;
  } catch {
    return undefined;
  }
}
