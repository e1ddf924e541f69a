/** The time zone of a name, as this machine writes it; null where it knows none. @param name `Europe/Berlin`, `utc` */
export function timeZoneNamed(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** True for a name of the IANA time zone database, as `Europe/Berlin`, and for what else names a zone, as `UTC`. */
export function isTimeZone(name: string): boolean {
  return timeZoneNamed(name) !== null;
}

/** The time zone of this machine. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
