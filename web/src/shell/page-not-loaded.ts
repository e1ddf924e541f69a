/** The code of a page has not come: the server is away, or has another version by now. */
export class PageNotLoaded extends Error {
  override readonly name = 'PageNotLoaded';

  constructor(cause: unknown) {
    super('The code of this page could not be loaded.', { cause });
  }
}
