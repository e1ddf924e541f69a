import type { Mutation } from './mutation.ts';
import { monaiContract as contract, monaiUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/monai';

/** How MONAI Label keeps images and labels, and loses them. */
export const MONAI_DATASTORE: readonly Mutation[] = [
  {
    oddity: 'an image that is sent again loses its labels',
    file: `${ROOM}/datastore/datastore.ts`,
    find: 'this.#images.set(id, { ext, info, labels: new Map() });',
    replace: 'this.#images.set(id, { ext, info, labels: this.#images.get(id)?.labels ?? new Map() });',
    suites: [contract('unwise uploads')],
  },
  {
    oddity: 'only labels under the tag final count as completed',
    file: `${ROOM}/datastore/datastore.ts`,
    find: 'completed: tags[FINAL] ?? 0',
    replace: 'completed: [...this.#images.values()].filter(({ labels }) => labels.size > 0).length',
    suites: [contract('its datastore')],
  },
  {
    oddity: 'no checksum of an image is ever right',
    file: `${ROOM}/routes/images.ts`,
    find: 'const digest = `SHA256:${createHash',
    replace: 'const digest = `${createHash',
    suites: [contract('its datastore')],
  },
  {
    oddity: 'uploads too close on one another end the watcher for good',
    file: `${ROOM}/datastore/watcher.ts`,
    find: 'if (this.#inRow >= limit.writes) this.#isAlive = false;',
    replace: '',
    suites: [unit('restarts')],
  },
  {
    oddity: 'a deletion shows in the counts when the watcher has noticed it',
    file: `${ROOM}/datastore/datastore.ts`,
    find: 'if (this.#watcher === null) this.refresh();',
    replace: 'if (this.#images.size >= 0) this.refresh();',
    suites: [unit('datastore')],
  },
  {
    oddity: 'what background processes write is lost once the watcher is dead',
    file: `${ROOM}/datastore/datastore.ts`,
    find: '    Object.assign(this.#expect(id).info, info);\n    this.#file.write(this.#images);',
    replace:
      '    this.refresh();\n    Object.assign(this.#expect(id).info, info);\n    this.#file.write(this.#images);',
    suites: [unit('restarts')],
  },
  {
    oddity: 'images that turn up in the folder are found at a restart',
    file: `${ROOM}/datastore/reconcile.ts`,
    find: '  const images = addImages(folder, index, now);',
    replace: '  const images = false;',
    suites: [unit('restarts')],
  },
  {
    oddity: 'a label for an unknown image is a bare 500',
    file: `${ROOM}/datastore/datastore.ts`,
    find: '    if (image === undefined) throw new Error(`no image ${id}`);\n    return image;',
    replace: "    return image ?? { ext: '.png', info: {}, labels: new Map() };",
    suites: [contract('its datastore')],
  },
  {
    oddity: 'any bytes are taken for a label',
    file: `${ROOM}/routes/labels.ts`,
    find: '    datastore.putLabel(image,',
    replace: "    if (bytes[0] !== 0x89) throw refuse(400, 'no PNG');\n    datastore.putLabel(image,",
    suites: [contract('unwise uploads')],
  },
  {
    oddity: 'the head of a label is asked for by image, not by label',
    file: `${ROOM}/routes/labels.ts`,
    find: "datastore.label(query.required('image'), query.required('tag'))",
    replace: "datastore.label(query.required('label'), query.required('tag'))",
    suites: [unit('shapes')],
  },
];
