import type { ActivitySite } from './activity-site.ts';

/**
 * Stores another image under an id that MONAI Label knows, as anybody may, behind our back; it forgets the image's labels.
 *
 * @throws Error unless it took the image
 */
export async function replaceImage(
  { monai }: Pick<ActivitySite, 'monai'>,
  imageId: string,
  bytes: Uint8Array,
): Promise<void> {
  const form = new FormData();
  form.set('file', new Blob([Uint8Array.from(bytes)]), `${imageId}.png`);
  const answer = await fetch(`${monai.url}/datastore/image?image=${imageId}`, { method: 'PUT', body: form });
  if (!answer.ok) throw new Error(`MONAI Label answered ${answer.status} to another image for ${imageId}`);
}

/** The same with the label that lay on the image before, as if nothing had happened. */
export async function replaceUnderLabel(
  site: Pick<ActivitySite, 'monai'>,
  imageId: string,
  bytes: Uint8Array,
): Promise<void> {
  const label = await site.monai.getLabel(imageId, 'final');
  if (label === null) throw new Error(`there is no label on ${imageId}`);
  await replaceImage(site, imageId, bytes);
  await site.monai.putLabel({ imageId, tag: 'final', fileName: `${imageId}.png`, bytes: label, labelInfo: [] });
}
