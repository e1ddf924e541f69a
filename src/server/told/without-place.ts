/**
 * JSON texts in which the store's folder is called `the store`: failures of the disk name files there, and where it is is nobody's business
 * but the machine's.
 *
 * @param address of the store
 */
export function withoutPlace(address: string): (json: string) => string {
  const place = JSON.stringify(address).slice(1, -1);
  // The root of the machine stands in every path.
  return place.length < 2 ? (json) => json : (json) => json.replaceAll(place, 'the store');
}
