/** True for a name of the IANA time zone database, as `Europe/Berlin`, and for what else names a zone, as `UTC`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
