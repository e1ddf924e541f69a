/** Says how many files knip has read, which its own reporters keep to themselves. */
export default function report({ counters }) {
  process.stdout.write(`knip read ${counters.processed} files\n`);
}
