const TRIES = 4;

/** Runs what depends on who is quicker until it succeeds. @throws what the last of four tries throws */
export async function eventually(attempt: () => Promise<void>): Promise<void> {
  for (let tries = 1; tries < TRIES; tries += 1) {
    try {
      return await attempt();
    } catch {
      // Somebody was quicker.
    }
  }
  return attempt();
}
